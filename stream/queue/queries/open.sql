-- The applications and documents that are open at a moment, or will be, by all that is known.
select id, code, kind, timeline
from cases
where is_open and kind in (1, 4)
union all
select id, code, kind, timeline
from cases
where ended_at > %(now)s and not is_open and kind in (1, 4)
