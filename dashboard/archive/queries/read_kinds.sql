-- Which kinds and years there are snapshots of, for what the list can be narrowed to.
select kind, left(period, 4) as year, count(*) as slots
from snapshot.slot
group by 1, 2
order by 1, 2 desc;
