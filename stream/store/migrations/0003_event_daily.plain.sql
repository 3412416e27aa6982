-- Applied events by local day of their arrival and partition; a continuous aggregate where TimescaleDB is.
create view event_daily as
select date_trunc('day', appended_at, 'Asia/Ho_Chi_Minh') as starts_at, part,
    count(*) as events, count(case_id) as of_cases, sum(octet_length(body))::bigint as bytes
from event
group by 1, 2;
