-- Add the received applications that were posted to the sums by procedure and month, in key order.
insert into rollup_procedure_month (unit, procedure, day, channel, traits, n)
select unit, procedure, date_trunc('month', day)::date as month, channel, traits, sum(n)
from posted
where procedure <> 0
group by unit, procedure, month, channel, traits
having sum(n) <> 0
order by unit, month, procedure, channel, traits
on conflict (unit, day, procedure, channel, traits) do update set n = rollup_procedure_month.n + excluded.n
