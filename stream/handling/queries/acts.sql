-- What was done about a case, as it lies in the log.
select e.pos, e.appended_at, e.body
from cases h
join event e on e.part = (h.id >> 44)::smallint and e.pos = any(%(positions)s::bigint[])
where h.code = %(code)s
order by e.pos
