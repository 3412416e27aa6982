-- How many partitions are halted, and for how many seconds what came into the log may have waited to be applied (null:
-- no worker ever told). By the clock that the workers tell it by, whatever the clock of the reader.
select count(*) filter (where halted is not null) as halted,
    extract(epoch from max(clock_timestamp() - reached_at))::float8 as behind
from part_offset
