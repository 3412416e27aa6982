-- Add the steps of levels that were posted to their sums by year, in key order.
insert into rollup_year (measure, unit, day, field, level, channel, n)
select measure, unit, date_trunc('year', day)::date as year, field, level, channel, sum(n)
from posted
where measure = any(%(since_ever)s::smallint[])
group by measure, unit, year, field, level, channel
having sum(n) <> 0
order by measure, unit, year, field, level, channel
on conflict (measure, unit, day, field, level, channel) do update set n = rollup_year.n + excluded.n
