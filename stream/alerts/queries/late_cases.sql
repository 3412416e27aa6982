-- The applications that may owe a letter of apology: open ones whose due date is over, those that ended after it, and those
-- that the ledger saw overdue and not any more (OVERDUE_OUT): a due date that is moved on later takes no debt away.
select id, unit, code, last_at, octet_length(timeline) as size, due_at
from cases
where is_open and kind = 1 and due_at < %(since)s
union
select id, unit, code, last_at, octet_length(timeline), due_at
from cases
where kind = 1 and ended_at > due_at and due_at < %(since)s
union
select c.id, c.unit, c.code, c.last_at, octet_length(c.timeline), c.due_at
from cases c
where c.kind = 1 and c.id = any(array(select l.case_id from ledger l where l.measure = 13 and l.at < %(since)s))
order by 2, 3
