-- Add what was posted to the sums by unit and month, in key order.
insert into rollup_unit_month (measure, unit, day, n)
select measure, unit, date_trunc('month', day)::date as month, sum(n)
from posted
group by measure, unit, month
having sum(n) <> 0
order by measure, unit, month
on conflict (measure, unit, day) do update set n = rollup_unit_month.n + excluded.n
