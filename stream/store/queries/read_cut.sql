-- How far each partition has been applied, what became of its records, when the newest applied one was appended, and for
-- how many seconds others may have waited (null: no worker ever told).
select p.part, p.next_pos, p.next_pos - p.first_pos as received, p.applied, p.duplicates, p.quarantined,
    p.halted is not null as halted, newest.appended_at,
    extract(epoch from clock_timestamp() - p.reached_at)::float8 as behind
from part_offset p
left join lateral (
    select e.appended_at
    from event e
    where e.part = p.part
    order by e.pos desc
    limit 1
) newest on true
order by p.part
