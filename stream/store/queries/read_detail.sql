-- Sums by unit for numbered keys that keep one channel or one field only, from the detailed roll-ups.
with recursive pair as (
    (select measure, unit from rollup_unit_day order by measure, unit limit 1)
    union all
    select leap.measure, leap.unit
    from pair
    cross join lateral (
        select r.measure, r.unit
        from rollup_unit_day r
        where (r.measure, r.unit) > (pair.measure, pair.unit)
        order by r.measure, r.unit
        limit 1
    ) leap
)
select s.key, s.unit, sum(s.n)::bigint as n
from (
    select p.key, pair.unit, p.sign * found.n as n
    from unnest(%(month_keys)s::integer[], %(month_measures)s::smallint[], %(month_signs)s::integer[],
                %(month_channels)s::smallint[], %(month_fields)s::text[],
                %(month_starts)s::date[], %(month_stops)s::date[])
        as p (key, measure, sign, channel, field, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(r.n) as n
        from rollup_month r
        where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
            and (p.channel is null or r.channel = p.channel)
            and (p.field is null or r.field = (select f.id from field f where f.code = p.field))
    ) found
    union all
    select p.key, pair.unit, p.sign * found.n
    from unnest(%(day_keys)s::integer[], %(day_measures)s::smallint[], %(day_signs)s::integer[],
                %(day_channels)s::smallint[], %(day_fields)s::text[],
                %(day_starts)s::date[], %(day_stops)s::date[])
        as p (key, measure, sign, channel, field, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(r.n) as n
        from rollup_day r
        where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
            and (p.channel is null or r.channel = p.channel)
            and (p.field is null or r.field = (select f.id from field f where f.code = p.field))
    ) found
    union all
    select p.key, pair.unit, p.sign * found.n
    from unnest(%(rest_keys)s::integer[], %(rest_measures)s::smallint[], %(rest_signs)s::integer[],
                %(rest_channels)s::smallint[], %(rest_fields)s::text[],
                %(rest_starts)s::timestamptz[], %(rest_stops)s::timestamptz[])
        as p (key, measure, sign, channel, field, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(l.n) as n
        from ledger l
        where l.measure = p.measure and l.unit = pair.unit and l.at >= p.start and l.at < p.stop
            and (p.channel is null or l.channel = p.channel)
            and (p.field is null or l.field = (select f.id from field f where f.code = p.field))
    ) found
) s
where s.n is not null
group by s.key, s.unit
