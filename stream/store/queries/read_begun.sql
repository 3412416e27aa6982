-- When the oldest event that was applied came into the log: before it nothing was known at all.
select min(oldest.appended_at)
from part_offset p
cross join lateral (
    select e.appended_at
    from event e
    where e.part = p.part
    order by e.pos
    limit 1
) oldest
