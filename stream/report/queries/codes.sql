-- The codes of cases.
select id, code
from cases
where id = any(%(ids)s::bigint[])
order by code
