-- The open applications of those received by then: who has waited for so long was. Which of them wait is judged, since a list
-- of supplements tells it as well as a status. `last_at`, `size` and the due date change with what is known, so that what
-- was judged before need not be again.
select id, unit, code, last_at, octet_length(timeline) as size, due_at
from cases
where is_open and kind = 1 and received_at <= %(since)s
order by unit, code
