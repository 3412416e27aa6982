-- Keep the samples of the temporary table `sampled` that were not told before, add them up by minute, hour and day, and
-- answer the numbers of the events that told something new. One transaction at a time runs this: what a minute was
-- before is read from the state before this statement.
with first as materialized (
    select distinct on (endpoint, at) nr, endpoint, unit, at, loss, jitter, rtt, bitrate, mos
    from sampled
    order by endpoint, at, nr
),
kept as (
    insert into quality_sample (endpoint, at, loss, jitter, rtt, bitrate, mos)
    select endpoint, at, loss, jitter, rtt, bitrate, mos from first order by endpoint, at
    on conflict do nothing
    returning endpoint, at
),
fresh as materialized (
    select first.* from first join kept on kept.endpoint = first.endpoint and kept.at = first.at
),
minutes as materialized (
    select endpoint, date_trunc('minute', at, 'UTC') as minute, unit, count(*) as samples,
        coalesce(sum(mos), 0) as mos_sum, count(mos) as mos_samples, min(mos) as mos_least,
        coalesce(sum(loss), 0) as loss_sum, count(loss) as loss_samples, max(loss) as loss_most,
        max(jitter) as jitter_most, max(rtt) as rtt_most
    from fresh
    group by 1, 2, 3
),
kept_minutes as (
    insert into quality_minute as known (endpoint, minute, unit, samples, mos_sum, mos_samples, mos_least,
        loss_sum, loss_samples, loss_most, jitter_most, rtt_most)
    select * from minutes order by endpoint, minute, unit
    on conflict (endpoint, minute, unit) do update set
        samples = known.samples + excluded.samples,
        mos_sum = known.mos_sum + excluded.mos_sum,
        mos_samples = known.mos_samples + excluded.mos_samples,
        mos_least = least(known.mos_least, excluded.mos_least),
        loss_sum = known.loss_sum + excluded.loss_sum,
        loss_samples = known.loss_samples + excluded.loss_samples,
        loss_most = greatest(known.loss_most, excluded.loss_most),
        jitter_most = greatest(known.jitter_most, excluded.jitter_most),
        rtt_most = greatest(known.rtt_most, excluded.rtt_most)
),
judged as (
    -- The level of each minute before and after: 0 good, 1 warning, 2 bad, and null for one that begins with this.
    select minutes.*,
        case when before.samples is null then null
            when before.loss_most > %(bad_loss)s then 2
            when before.loss_most > %(warn_loss)s or before.jitter_most > %(warn_jitter)s
                or before.rtt_most > %(warn_rtt)s then 1
            else 0 end as was,
        case when greatest(before.loss_most, minutes.loss_most) > %(bad_loss)s then 2
            when greatest(before.loss_most, minutes.loss_most) > %(warn_loss)s
                or greatest(before.jitter_most, minutes.jitter_most) > %(warn_jitter)s
                or greatest(before.rtt_most, minutes.rtt_most) > %(warn_rtt)s then 1
            else 0 end as is_now
    from minutes
    left join lateral (
        select q.samples, q.loss_most, q.jitter_most, q.rtt_most
        from quality_minute as q
        where q.endpoint = minutes.endpoint and q.minute = minutes.minute and q.unit = minutes.unit
        limit 1 -- keeps it one look into the index for each
    ) as before on true
),
kept_hours as (
    insert into quality_hour as known (endpoint, hour, unit, samples, mos_sum, mos_samples, mos_least,
        loss_sum, loss_samples, loss_most, jitter_most, rtt_most, minutes, warn_minutes, bad_minutes)
    select endpoint, date_trunc('hour', minute, 'UTC') as hour, unit, sum(samples), sum(mos_sum),
        sum(mos_samples), min(mos_least), sum(loss_sum), sum(loss_samples), max(loss_most), max(jitter_most),
        max(rtt_most), count(*) filter (where was is null),
        count(*) filter (where is_now = 1) - count(*) filter (where was = 1),
        count(*) filter (where is_now = 2) - count(*) filter (where was = 2)
    from judged
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (endpoint, hour, unit) do update set
        samples = known.samples + excluded.samples,
        mos_sum = known.mos_sum + excluded.mos_sum,
        mos_samples = known.mos_samples + excluded.mos_samples,
        mos_least = least(known.mos_least, excluded.mos_least),
        loss_sum = known.loss_sum + excluded.loss_sum,
        loss_samples = known.loss_samples + excluded.loss_samples,
        loss_most = greatest(known.loss_most, excluded.loss_most),
        jitter_most = greatest(known.jitter_most, excluded.jitter_most),
        rtt_most = greatest(known.rtt_most, excluded.rtt_most),
        minutes = known.minutes + excluded.minutes,
        warn_minutes = known.warn_minutes + excluded.warn_minutes,
        bad_minutes = known.bad_minutes + excluded.bad_minutes
),
kept_days as (
    insert into quality_day as known (unit, day, samples, mos_sum, mos_samples, minutes, warn_minutes, bad_minutes)
    select unit, (minute at time zone 'Asia/Ho_Chi_Minh')::date as day, sum(samples), sum(mos_sum), sum(mos_samples),
        count(*) filter (where was is null),
        count(*) filter (where is_now = 1) - count(*) filter (where was = 1),
        count(*) filter (where is_now = 2) - count(*) filter (where was = 2)
    from judged
    group by 1, 2
    order by 1, 2
    on conflict (unit, day) do update set
        samples = known.samples + excluded.samples,
        mos_sum = known.mos_sum + excluded.mos_sum,
        mos_samples = known.mos_samples + excluded.mos_samples,
        minutes = known.minutes + excluded.minutes,
        warn_minutes = known.warn_minutes + excluded.warn_minutes,
        bad_minutes = known.bad_minutes + excluded.bad_minutes
)
select distinct nr from fresh
