-- Lock the offsets of a batch, always in the same order, and see whether they are still ours.
select part, epoch, next_pos
from part_offset
where part = any(%(parts)s::smallint[])
order by part
for update
