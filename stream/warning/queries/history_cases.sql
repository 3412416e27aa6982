-- Applications that were open at a moment or later.
select id, timeline
from cases
where kind = 1 and received_at is not null and (is_open or ended_at >= %(since)s)
