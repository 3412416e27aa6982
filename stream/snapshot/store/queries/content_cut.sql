-- How far each partition was known at a moment: the place after its last record that was applied, or put into quarantine,
-- and had come by then. Moments never decrease within a partition.
select p.part, 1 + greatest(coalesce(applied.pos, -1), coalesce(aside.pos, -1)) as next
from part_offset p
left join lateral (
    select e.pos
    from event e
    where e.part = p.part and e.appended_at <= %(known_at)s
    order by e.pos desc
    limit 1
) applied on true
left join lateral (
    select max(q.pos) as pos
    from quarantine q
    where q.part = p.part and q.appended_at <= %(known_at)s
) aside on true
order by p.part
