-- Every endpoint that is known by its states or, unless it is asked as known at a moment, by its samples: its state by all
-- that is known, and its records too where these don't say how it stood at %(at)s; its last sample up to then.
with stated as (
    select id, substr(code, 10) as code, unit, status, received_at,
        case when last_at > %(at)s or %(known_at)s::timestamptz is not null then timeline end as timeline
    from cases
    where is_open and kind = 7
)
select stated.id, coalesce(stated.code, e.code), coalesce(nullif(stated.unit, 0), e.unit, 0), stated.status,
    stated.received_at, stated.timeline, s.at, s.mos, s.loss, s.jitter, s.rtt, s.bitrate
from stated
full join (select * from quality_endpoint where %(known_at)s::timestamptz is null) as e on e.code = stated.code
left join quality_sample as s on s.endpoint = e.id and s.at = case when e.told_at <= %(at)s then e.told_at else (
    select max(earlier.at) from quality_sample as earlier where earlier.endpoint = e.id and earlier.at <= %(at)s
) end
where stated.code is not null or s.at is not null
order by 3, 2
