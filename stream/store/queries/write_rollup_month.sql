-- Add what was posted to the sums by month, in key order.
insert into rollup_month (measure, unit, day, field, channel, n)
select measure, unit, date_trunc('month', day)::date as month, field, channel, sum(n)
from posted
group by measure, unit, month, field, channel
having sum(n) <> 0
order by measure, unit, month, field, channel
on conflict (measure, unit, day, field, channel) do update set n = rollup_month.n + excluded.n
