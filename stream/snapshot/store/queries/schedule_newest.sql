-- The newest version of a period, whether it is sealed, and what went wrong with it.
select version, due_at, state, error
from snapshot.slot
where kind = %(kind)s and period = %(period)s
order by version desc
limit 1
