-- The roll-ups of the ledger, by the rules of stream/store/queries/write_rollup_*.sql. Sums of zero stay, as they do
-- where one batch posts what a later one takes back.
insert into rollup_day (measure, unit, day, field, level, channel, traits, n)
select measure, unit, (at at time zone 'Asia/Ho_Chi_Minh')::date as local_day, field, level, channel, traits, sum(n)
from ledger
group by measure, unit, local_day, field, level, channel, traits
order by measure, unit, local_day, field, level, channel, traits;

insert into rollup_month (measure, unit, day, field, level, channel, traits, n)
select measure, unit, date_trunc('month', day)::date as month, field, level, channel, traits, sum(n)
from rollup_day
group by measure, unit, month, field, level, channel, traits
order by measure, unit, month, field, level, channel, traits;

-- The steps of levels are the measures 10 to 19 here (stream/core/ledger.py, LEVELS).
insert into rollup_year (measure, unit, day, field, level, channel, n)
select measure, unit, date_trunc('year', day)::date as year, field, level, channel, sum(n)
from rollup_month
where measure between 10 and 19
group by measure, unit, year, field, level, channel
order by measure, unit, year, field, level, channel;

insert into rollup_procedure_month (unit, procedure, day, channel, traits, n)
select unit, procedure, date_trunc('month', at at time zone 'Asia/Ho_Chi_Minh')::date as month, channel, traits, sum(n)
from ledger
where procedure <> 0
group by unit, procedure, month, channel, traits
order by unit, month, procedure, channel, traits;

insert into rollup_channel_day (measure, unit, day, channel, n)
select measure, unit, day, channel, sum(n)
from rollup_day
where measure not between 10 and 19
group by measure, unit, day, channel
order by measure, unit, day, channel;

insert into rollup_unit_day (measure, unit, day, n)
select measure, unit, day, sum(n)
from rollup_day
group by measure, unit, day
order by measure, unit, day;

insert into rollup_unit_month (measure, unit, day, n)
select measure, unit, date_trunc('month', day)::date as month, sum(n)
from rollup_unit_day
group by measure, unit, month
order by measure, unit, month;
