-- The open applications, not waiting, that were due before a local midnight, by unit and code.
select unit, code, due_at
from cases
where is_open and kind = 1 and status not in (5, 6) and due_at < %(due_before)s
order by unit, due_at, code
