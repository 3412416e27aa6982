-- Ninety applications of three units over half a year, with what follows from them; the same on both lanes.
insert into field (code, name) values ('DD', 'Đất đai'), ('HT', 'Hộ tịch'), ('CT', 'Chứng thực');

create temporary table life as
select n, n % 3 as part, n / 3 as pos, (n % 3)::bigint << 44 | (n / 3) as id,
    (array[3979, 3980, 3982])[1 + n % 3] as unit, 1 + n % 2 as field, (1 + n % 3)::smallint as channel,
    timestamptz '2025-10-01 01:00Z' + n * interval '2 days 1 hour' as received_at,
    timestamptz '2025-10-01 10:00Z' + n * interval '2 days 1 hour' + interval '9 days' as due_at,
    case when n % 5 <> 0 then timestamptz '2025-10-01 02:00Z' + n * interval '2 days 1 hour' + (5 + n % 7) * interval '1 day' end as ended_at
from generate_series(0, 89) as n;

insert into cases (id, code, unit, field, channel, status, procedure, received_at, due_at, ended_at, is_open, last_at, timeline)
select id, 'H52.17-' || n, unit, field, channel, case when ended_at is null then 4 else 9 end, '1.00' || n, received_at,
    due_at, ended_at, ended_at is null, coalesce(ended_at, received_at), convert_to('timeline ' || n, 'UTF8')
from life;

insert into event (part, pos, appended_at, case_id, eid, at, body)
select part, 2 * pos, received_at + interval '2 minutes', id, 2 * n, received_at, convert_to('received ' || n, 'UTF8') from life
union all
select part, 2 * pos + 1, coalesce(ended_at, received_at) + interval '3 minutes', id, 2 * n + 1, coalesce(ended_at, received_at),
    convert_to('ended ' || n, 'UTF8')
from life;

insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n)
select id, step.at, known_at, pos, part, measure, unit, field, channel, 1
from life cross join lateral (values
    (1, received_at, received_at + interval '2 minutes'),
    (10, received_at, received_at + interval '2 minutes'),
    (12, due_at + interval '14 hours', received_at + interval '2 minutes'),
    (11, ended_at, ended_at + interval '3 minutes'),
    (case when ended_at < due_at - interval '12 hours' then 2 when ended_at <= due_at then 3 else 4 end, ended_at, ended_at + interval '3 minutes'),
    (13, greatest(ended_at, due_at + interval '14 hours'), ended_at + interval '3 minutes')
) as step (measure, at, known_at)
where step.at is not null and step.known_at is not null;
drop table life;

insert into part_offset (part, epoch, first_pos, next_pos, applied, duplicates, quarantined)
select part, 3, 0, 62, 60, 1, 1 from generate_series(0, 2) as part;
insert into quarantine (part, pos, appended_at, key, reason, place, body)
select part, 61, timestamptz '2026-03-01 00:00Z' + part * interval '1 minute', 'case ' || part, 'unknown status', 'data.status', '\x7b7d'
from generate_series(0, 2) as part;
insert into source_state (source, last_event_at, last_known_at, heartbeat_at) values
    ('onestop/moc-chau', '2026-03-01 00:00Z', '2026-03-01 00:02Z', null), ('onestop/van-ho', null, null, '2026-03-01 00:00Z');

-- Two lines, measured every ten seconds for five minutes in February and in March.
insert into quality_endpoint (code, unit, told_at) values
    ('line-1', 3979, '2026-03-05 01:04:50Z'), ('line-2', 3980, '2026-03-05 01:04:50Z');
insert into quality_sample (endpoint, at, loss, jitter, rtt, bitrate, mos)
select endpoint, since + n * interval '10 seconds', (n % 9 * 50)::smallint, 10 * n, 400, 900, (438 - n)::smallint
from generate_series(1, 2) as endpoint, (values (timestamptz '2026-02-20 01:00Z'), ('2026-03-05 01:00Z')) as day (since),
    generate_series(0, 29) as n;
insert into quality_minute
select endpoint, date_trunc('minute', at, 'UTC'), 3978 + endpoint, count(*), sum(mos), count(mos), min(mos), sum(loss), count(loss),
    max(loss), max(jitter), max(rtt)
from quality_sample group by 1, 2;
insert into quality_hour
select endpoint, date_trunc('hour', minute, 'UTC'), unit, sum(samples), sum(mos_sum), sum(mos_samples), min(mos_least), sum(loss_sum),
    sum(loss_samples), max(loss_most), max(jitter_most), max(rtt_most), count(*),
    count(*) filter (where loss_most <= 300 and loss_most > 100), count(*) filter (where loss_most > 300)
from quality_minute group by 1, 2, 3;
insert into quality_day
select unit, (hour at time zone 'Asia/Ho_Chi_Minh')::date, sum(samples), sum(mos_sum), sum(mos_samples), sum(minutes), sum(warn_minutes),
    sum(bad_minutes)
from quality_hour group by 1, 2;
