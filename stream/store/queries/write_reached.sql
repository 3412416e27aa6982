-- Partitions of a worker are applied up to some seconds ago, or up to when the oldest record that it saw last came into
-- the log. Whoever lost a partition tells nothing of it any more.
update part_offset as known
set reached_at = least(clock_timestamp() - make_interval(secs => %(seconds)s), %(oldest)s::timestamptz)
from unnest(%(parts)s::smallint[], %(epochs)s::bigint[]) as ours (part, epoch)
where known.part = ours.part and known.epoch = ours.epoch
