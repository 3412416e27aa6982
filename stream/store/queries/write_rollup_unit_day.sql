-- Add what was posted to the sums by unit and day, in key order.
insert into rollup_unit_day (measure, unit, day, n)
select measure, unit, day, sum(n)
from posted
group by measure, unit, day
having sum(n) <> 0
order by measure, unit, day
on conflict (measure, unit, day) do update set n = rollup_unit_day.n + excluded.n
