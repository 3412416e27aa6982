-- The mean estimated MOS of each minute of a local day, by endpoint: eight bytes a minute, the minute since 1970 (from bit
-- 9 on) and the estimate in 1/100 (511: measured, and none could be made). As `day`, without what a picture does not
-- show: it is asked for by everyone who looks, and half as much work.
select e.id, e.code, day.unit, day.cells
from (
    select endpoint, max(unit) as unit,
        string_agg(int8send(
            (date_part('epoch', minute)::bigint / 60 << 9) | coalesce(mos_sum / nullif(mos_samples, 0), 511)
        ), '') as cells
    from quality_minute
    where minute >= %(since)s and minute < %(until)s
    group by endpoint
) as day
join quality_endpoint as e on e.id = day.endpoint
order by day.unit, e.code
