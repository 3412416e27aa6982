-- The applications that were open at a moment, by all that is known. A unit's are those that it has now, and those of
-- which something newer is known than the moment: they may have been the unit's then.
select id, code, kind, timeline
from cases
where is_open and kind = 1 and received_at <= %(as_of)s
    and (%(units)s::integer[] is null or unit = any(%(units)s::integer[]) or last_at > %(as_of)s)
union all
select id, code, kind, timeline
from cases
where ended_at > %(as_of)s and kind = 1 and received_at <= %(as_of)s
    and (%(units)s::integer[] is null or unit = any(%(units)s::integer[]) or last_at > %(as_of)s)
