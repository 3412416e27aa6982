-- A local day of lines, by endpoint: for each minute with samples eight bytes with the minute since 1970 (from bit 16 on),
-- the level (bits 9 and 10: 0 good, 1 warning, 2 bad) and the mean estimated MOS in 1/100 (511: none). Put together
-- here, because a day is up to 1,440 rows an endpoint: as rows they would take ten times as long.
select e.id, e.code, day.unit, day.cells
from (
    select endpoint, max(unit) as unit,
        string_agg(int8send(
            (date_part('epoch', minute)::bigint / 60 << 16)
            | ((case when loss_most > %(bad_loss)s then 2
                when loss_most > %(warn_loss)s or jitter_most > %(warn_jitter)s or rtt_most > %(warn_rtt)s then 1
                else 0 end) << 9)
            | coalesce(mos_sum / nullif(mos_samples, 0), 511)
        ), '') as cells
    from quality_minute
    where minute >= %(since)s and minute < %(until)s
        and (%(codes)s::text[] is null
            or endpoint in (select id from quality_endpoint where code = any(%(codes)s)))
    group by endpoint
) as day
join quality_endpoint as e on e.id = day.endpoint
order by day.unit, e.code
