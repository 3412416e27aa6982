-- Flows by unit, day and channel: what a wall asks for most among the figures that keep only some rows. In the detailed
-- roll-up nearly every application of a large district is a row of its own.
create table rollup_channel_day (
    measure smallint not null, unit integer not null, day date not null, channel smallint not null, n bigint not null,
    primary key (measure, unit, day, channel)
) with (fillfactor = 80);
-- The steps of levels (stream/core/ledger.py, STEPS) as they were when this table came.
insert into rollup_channel_day (measure, unit, day, channel, n)
select measure, unit, day, channel, sum(n)
from rollup_day
where measure not between 10 and 19 and measure not between 33 and 36
group by measure, unit, day, channel
having sum(n) <> 0;
