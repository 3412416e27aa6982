-- The events at these positions of a partition.
select pos, appended_at, body
from event
where part = %(part)s and pos = any(%(positions)s::bigint[])
order by pos
