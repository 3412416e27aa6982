-- Add what was posted to the sums by month, in key order.
insert into rollup_month (measure, unit, day, field, level, channel, traits, n)
select measure, unit, date_trunc('month', day)::date as month, field, level, channel, traits, sum(n)
from posted
group by measure, unit, month, field, level, channel, traits
having sum(n) <> 0
order by measure, unit, month, field, level, channel, traits
on conflict (measure, unit, day, field, level, channel, traits) do update set n = rollup_month.n + excluded.n
