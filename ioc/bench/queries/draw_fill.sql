-- A day of lines: endpoints in 8 units, a sample every 5 seconds, kept as the worker keeps them. Some lines are weak
-- at times, every eleventh is away for an hour, and every tenth tells no round trip, so that nothing is estimated of it.
insert into quality_endpoint (code, unit, told_at)
select 'phong-hop-' || lpad(number::text, 3, '0'),
    (array[3979, 3980, 3982, 3985, 3997, 4000, 4033, 4045])[1 + number %% 8], %(until)s::timestamptz - interval '5 seconds'
from generate_series(0, %(endpoints)s - 1) as number;

insert into quality_sample (endpoint, at, loss, jitter, rtt, bitrate, mos)
select endpoint, at, loss, 50 + noise / 4, case when endpoint %% 10 > 0 then 300 + 4 * noise end, 1500 + noise,
    case when endpoint %% 10 > 0 then greatest(100, 438 - loss / 3 - noise / 10) end
from (
    select e.id as endpoint, at, noise,
        case when (extract(hour from at)::int + e.id) %% 13 = 0 then 300 + 5 * noise else noise / 8 end as loss
    from quality_endpoint as e
    cross join generate_series(%(since)s::timestamptz, %(until)s::timestamptz - interval '1 second', interval '5 seconds') as at
    cross join lateral (select abs(hashint8(e.id * 100003::bigint + extract(epoch from at)::bigint)) %% 100 as noise) as made
    where e.id %% 11 > 0 or extract(hour from at) <> 5
) as measured;

insert into quality_minute
select endpoint, date_trunc('minute', at), min(e.unit), count(*), coalesce(sum(mos), 0), count(mos), min(mos),
    sum(loss), count(loss), max(loss), max(jitter), max(rtt)
from quality_sample
join quality_endpoint as e on e.id = endpoint
group by endpoint, date_trunc('minute', at)
order by 2, 1
