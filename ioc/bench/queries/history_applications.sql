-- Applications, evenly spread over the days up to `until`: 1 to 20 working days to settle each; of ten, eight and a
-- half are settled before the due date, about one on it, less than one up to ten working days late. 85 of 100 come
-- online; of 100 records 3 arrive days late. Procedures are drawn evenly, and with them fields and levels of
-- authority, which fills the detailed roll-ups most.
insert into application (
    id, unit, procedure, field, level, channel, traits, received, received_known, near, due, over, ended, ended_known,
    outcome, end_traits
)
with drawn as materialized (
    select id,
        (%(units)s::integer[])[1 + floor(random() * cardinality(%(units)s::integer[]))::integer] as unit,
        1 + floor(random() * %(procedures)s)::integer as procedure,
        (random() < 0.85)::integer + (random() < 0.2)::integer * 2 + (random() < 0.5)::integer * 4
            + (random() < 0.3)::integer * 16 + 32 as told,
        (random() < 0.55)::integer * 8 as paid,
        (random() < 0.7)::integer * 2 + (random() < 0.3)::integer * 4 as results,
        random() as way,
        1 + floor(random() * days.count)::integer as day,
        1 + floor(random() * 20)::integer as term,
        random() as fate,
        random() as pace,
        time '07:30' + random() * interval '9 hours' as opened,
        time '07:30' + random() * interval '9 hours' as closed,
        case when random() < 0.03 then random() * interval '4 days' else interval '2 seconds' end as received_late,
        case when random() < 0.03 then random() * interval '4 days' else interval '2 seconds' end as ended_late
    from generate_series(1, %(applications)s::bigint) as id
    cross join (select count(*) from working_day where day <= %(last)s::date) as days
),
planned as (
    select *, day + case
        when fate < 0.85 then floor(pace * term)::integer
        when fate < 0.93 then term
        else term + 1 + floor(pace * 10)::integer
    end as end_day
    from drawn
),
timed as (
    select p.*,
        (received.day + p.opened) at time zone 'Asia/Ho_Chi_Minh' as received,
        (near.day + p.opened) at time zone 'Asia/Ho_Chi_Minh' as near,
        (due.day + p.opened) at time zone 'Asia/Ho_Chi_Minh' as due,
        (due.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' as over,
        (ended.day + case when p.end_day = p.day then greatest(p.closed, p.opened + interval '10 minutes')
            else p.closed end) at time zone 'Asia/Ho_Chi_Minh' as ended
    from planned p
    join working_day received on received.number = p.day
    join working_day near on near.number = p.day + p.term - 1
    join working_day due on due.number = p.day + p.term
    join working_day ended on ended.number = p.end_day
)
select id, unit, procedure, 1 + procedure %% %(fields)s, case when procedure %% 3 = 0 then 2 else 3 end,
    case when way < 0.85 then 2 when way < 0.95 then 1 else 3 end,
    told + case when told & 4 > 0 then paid else 0 end,
    received, least(received + received_late, %(until)s), near, due, over,
    case when ended <= %(until)s then ended end,
    case when ended <= %(until)s then least(ended + greatest(received_late, ended_late), %(until)s) end,
    case when fate < 0.85 then 2 when fate < 0.93 then 3 else 4 end,
    results + (end_day = day)::integer + case when fate < 0.93 then 0 else 16 end
from timed
where received <= %(until)s
