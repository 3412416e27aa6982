-- The open applications that wait, of those received by then: who has waited for so long was. `last_at` and `size` change
-- with every record, so that what was judged before need not be again.
select id, unit, code, last_at, octet_length(timeline) as size, due_at
from cases
where is_open and kind = 1 and status in (5, 6) and received_at <= %(since)s
order by unit, code
