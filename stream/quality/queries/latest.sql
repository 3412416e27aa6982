-- Every endpoint that is known by its states or by its samples: whose it is, up or down since when, its last sample up to
-- %(until)s: where the newest of all is of a clock that is ahead, the newest before.
with stated as (
    select substr(code, 10) as code, unit, status, received_at from cases where is_open and kind = 7
)
select coalesce(stated.code, e.code), coalesce(nullif(stated.unit, 0), e.unit, 0), coalesce(stated.status, 0),
    stated.received_at, s.at, s.mos, s.loss, s.jitter, s.rtt, s.bitrate
from stated
full join quality_endpoint as e on e.code = stated.code
left join quality_sample as s on s.endpoint = e.id and s.at = case when e.told_at <= %(until)s then e.told_at else (
    select max(earlier.at) from quality_sample as earlier where earlier.endpoint = e.id and earlier.at <= %(until)s
) end
order by 2, 1
