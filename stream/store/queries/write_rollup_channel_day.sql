-- Add the flows that were posted to the sums by unit, day and channel, in key order.
insert into rollup_channel_day (measure, unit, day, channel, n)
select measure, unit, day, channel, sum(n)
from posted
where measure <> all(%(steps)s::smallint[])
group by measure, unit, day, channel
having sum(n) <> 0
order by measure, unit, day, channel
on conflict (measure, unit, day, channel) do update set n = rollup_channel_day.n + excluded.n
