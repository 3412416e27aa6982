-- The applications that may owe a letter of apology: open ones whose due date is over, and those that ended after it.
select id, unit, code, last_at, octet_length(timeline) as size, due_at
from cases
where is_open and kind = 1 and due_at < %(since)s
union all
select id, unit, code, last_at, octet_length(timeline), due_at
from cases
where kind = 1 and ended_at > due_at and due_at < %(since)s
order by 2, 3
