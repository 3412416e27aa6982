-- The open applications that were due before a local midnight, by unit and code; whether the clock of one stands is judged.
-- `last_at`, `size` and the due date change with what is known, so that what was judged before need not be again.
select id, unit, code, last_at, octet_length(timeline) as size, due_at
from cases
where is_open and kind = 1 and due_at < %(due_before)s
order by unit, due_at, code
