-- Applied events by local day of their arrival and partition; a plain view stands in where TimescaleDB is not.
drop view if exists event_daily; -- the stand-in of a database that was moved to TimescaleDB
create materialized view event_daily
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket(interval '1 day', appended_at, 'Asia/Ho_Chi_Minh') as starts_at, part,
    count(*) as events, count(case_id) as of_cases, sum(octet_length(body))::bigint as bytes
from event
group by 1, 2
with no data;
-- Days that ended two days ago are kept, younger ones are counted when asked for. A worker that caught up
-- later, or a rebuild, writes below that mark: the next run counts just those days again, however old.
select add_continuous_aggregate_policy('event_daily',
    start_offset => null, end_offset => interval '2 days', schedule_interval => interval '1 hour');
