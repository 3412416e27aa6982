-- Every line by the hours of a local day, up to a moment: whole hours as they are kept, the hour of the moment by minutes.
-- Minutes over an alarm level are counted as `stream/store/queries/write_samples.sql` counts them.
select e.code, e.unit, told.hour, sum(told.mos_sum)::bigint, sum(told.mos_samples)::bigint, sum(told.minutes)::bigint,
    sum(told.warn_minutes)::bigint, sum(told.bad_minutes)::bigint, max(told.loss_most), max(told.jitter_most),
    max(told.rtt_most)
from (
    select endpoint, hour, mos_sum, mos_samples, minutes, warn_minutes, bad_minutes, loss_most, jitter_most, rtt_most
    from quality_hour
    where hour >= %(since)s and hour < %(hour)s
    union all
    select endpoint, %(hour)s, sum(mos_sum), sum(mos_samples), count(*),
        count(*) filter (where coalesce(loss_most, 0) <= %(bad_loss)s and (loss_most > %(warn_loss)s
            or jitter_most > %(warn_jitter)s or rtt_most > %(warn_rtt)s)),
        count(*) filter (where loss_most > %(bad_loss)s), max(loss_most), max(jitter_most), max(rtt_most)
    from quality_minute
    where minute >= %(hour)s and minute < %(at)s
    group by endpoint
) as told
join quality_endpoint as e on e.id = told.endpoint
group by e.code, e.unit, told.hour
order by e.unit, e.code, told.hour
