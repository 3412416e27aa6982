-- A case that can be acted on, with what was done about it so far.
select c.code, c.kind, c.unit, c.due_at, c.is_open, h.timeline
from cases c
left join cases h on h.code = 'handling/' || c.code and h.kind = 8
where c.code = %(code)s and c.kind <> 8
