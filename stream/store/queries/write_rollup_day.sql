-- Add what was posted to the sums by day, in key order.
insert into rollup_day (measure, unit, day, field, level, channel, traits, n)
select measure, unit, day, field, level, channel, traits, sum(n)
from posted
group by measure, unit, day, field, level, channel, traits
having sum(n) <> 0
order by measure, unit, day, field, level, channel, traits
on conflict (measure, unit, day, field, level, channel, traits) do update set n = rollup_day.n + excluded.n
