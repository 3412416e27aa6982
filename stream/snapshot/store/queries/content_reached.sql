-- Up to when all partitions are applied by the word of the workers; null where one never told, or a partition is halted.
select case when count(*) > 0 and bool_and(reached_at is not null and halted is null) then min(reached_at) end
from part_offset
