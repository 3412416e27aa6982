-- The last signs of life of every source.
select source, last_event_at, last_known_at, heartbeat_at
from source_state
order by source
