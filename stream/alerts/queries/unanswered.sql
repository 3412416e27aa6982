-- Escalations of open cases whose answer was wanted before now, with their timelines, by unit and code of the case.
select c.unit, c.code, h.timeline
from cases h
join cases c on c.code = substr(h.code, length('handling/') + 1)
where h.kind = 8 and h.due_at is not null and h.due_at < %(now)s and c.is_open
order by c.unit, h.due_at, c.code
