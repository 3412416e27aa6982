-- Sums of samples by unit, over stretches from a local day up to a moment: whole days from sums by day, what is left of the
-- last day from sums by hour, and what is left of its last hour from sums by minute.
with asked as (
    select * from unnest(%(keys)s::integer[], %(since)s::date[], %(days)s::date[], %(day_starts)s::timestamptz[],
        %(hours)s::timestamptz[], %(untils)s::timestamptz[])
        as each (key, since, day, day_start, hour, until)
),
ends as (
    select distinct day_start, hour, until from asked
),
rest as (
    select ends.until, h.unit, sum(h.minutes) as minutes, sum(h.warn_minutes) as warn_minutes,
        sum(h.bad_minutes) as bad_minutes, sum(h.mos_sum) as mos_sum, sum(h.mos_samples) as mos_samples
    from ends
    join quality_hour as h on h.hour >= ends.day_start and h.hour < ends.hour
    group by 1, 2
    union all
    select ends.until, m.unit, count(*),
        count(*) filter (where coalesce(m.loss_most, 0) <= %(bad_loss)s and (m.loss_most > %(warn_loss)s
            or m.jitter_most > %(warn_jitter)s or m.rtt_most > %(warn_rtt)s)),
        count(*) filter (where m.loss_most > %(bad_loss)s), sum(m.mos_sum), sum(m.mos_samples)
    from ends
    join quality_minute as m on m.minute >= ends.hour and m.minute < ends.until
    group by 1, 2
),
found as (
    select asked.key, d.unit, d.minutes, d.warn_minutes, d.bad_minutes, d.mos_sum, d.mos_samples
    from asked
    join quality_day as d on d.day >= asked.since and d.day < asked.day
    union all
    select asked.key, rest.unit, rest.minutes, rest.warn_minutes, rest.bad_minutes, rest.mos_sum, rest.mos_samples
    from asked
    join rest on rest.until = asked.until
)
select key, unit, sum(minutes)::bigint, sum(warn_minutes)::bigint, sum(bad_minutes)::bigint, sum(mos_sum)::bigint,
    sum(mos_samples)::bigint
from found
group by key, unit
