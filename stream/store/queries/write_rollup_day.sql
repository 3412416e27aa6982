-- Add what was posted to the sums by day, in key order.
insert into rollup_day (measure, unit, day, field, channel, n)
select measure, unit, day, field, channel, n
from posted
order by measure, unit, day, field, channel
on conflict (measure, unit, day, field, channel) do update set n = rollup_day.n + excluded.n
