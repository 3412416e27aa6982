-- Sums day by day for numbered keys, over groups of units; those that keep only some rows come from the detailed roll-up,
-- which is read once for each measure.
with detail as materialized (
    select u.place, r.measure, r.day, r.channel, r.field, r.level, r.traits, sum(r.n) as n
    from unnest(%(details)s::smallint[]) as p (measure)
    cross join unnest(%(units)s::integer[], %(places)s::integer[]) as u (unit, place)
    cross join lateral (
        select d.measure, d.day, d.channel, d.field, d.level, d.traits, d.n
        from rollup_day d
        where d.measure = p.measure and d.unit = u.unit and d.day >= %(start)s and d.day < %(stop)s
        offset 0
    ) r
    group by 1, 2, 3, 4, 5, 6, 7
)
select u.place, p.key, r.day, sum(p.sign * r.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[]) as p (key, measure, sign)
cross join unnest(%(units)s::integer[], %(places)s::integer[]) as u (unit, place)
cross join lateral (
    select d.day, d.n
    from rollup_unit_day d
    where d.measure = p.measure and d.unit = u.unit and d.day >= %(start)s and d.day < %(stop)s
    offset 0
) r
group by u.place, p.key, r.day
union all
select u.place, p.key, r.day, sum(p.sign * r.n)::bigint
from unnest(%(channel_keys)s::integer[], %(channel_measures)s::smallint[], %(channel_signs)s::integer[],
            %(channel_channels)s::smallint[]) as p (key, measure, sign, channel)
cross join unnest(%(units)s::integer[], %(places)s::integer[]) as u (unit, place)
cross join lateral (
    select d.day, d.n
    from rollup_channel_day d
    where d.measure = p.measure and d.unit = u.unit and d.day >= %(start)s and d.day < %(stop)s
        and d.channel = p.channel
    offset 0
) r
group by u.place, p.key, r.day
union all
select r.place, p.key, r.day, sum(p.sign * r.n)::bigint
from unnest(%(detail_keys)s::integer[], %(detail_measures)s::smallint[], %(detail_signs)s::integer[],
            %(detail_channels)s::smallint[], %(detail_fields)s::text[], %(detail_levels)s::smallint[],
            %(detail_traits)s::smallint[]) as p (key, measure, sign, channel, field, level, traits)
left join field f on f.code = p.field
join detail r on r.measure = p.measure
    and (p.channel is null or r.channel = p.channel)
    and (p.field is null or r.field = f.id)
    and (p.level is null or r.level = p.level)
    and (p.traits is null or r.traits & p.traits = p.traits)
group by r.place, p.key, r.day
