-- The timelines of these applications.
select id, timeline
from cases
where id = any(%(ids)s::bigint[])
