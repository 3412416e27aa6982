-- The same as read_unknown for windows that end about when it was known: only what came late can be missing then,
-- and what happened in the day before. Looks at no posting that came in time.
with missing as (
    select l.measure, l.unit, l.at, l.channel, l.field, l.level, l.traits, l.n
    from ledger l
    where l.known_at > %(known_at)s and l.known_at - l.at > interval '1 day'
        and l.measure = any(%(wanted)s::smallint[]) and l.at < %(last)s
    union all
    select l.measure, l.unit, l.at, l.channel, l.field, l.level, l.traits, l.n
    from unnest(%(wanted)s::smallint[]) as m (measure)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select * from ledger each
        where each.measure = m.measure and each.unit = u.unit
            and each.at >= %(known_at)s::timestamptz - interval '1 day' and each.at < %(last)s
            and each.known_at > %(known_at)s and each.known_at - each.at <= interval '1 day'
        offset 0
    ) l
),
later as materialized (
    select m.measure, m.unit, width_bucket(m.at, %(cuts)s::timestamptz[]) as bucket,
        case when %(filtered)s then m.channel end as channel,
        case when %(filtered)s then m.field end as field,
        case when %(filtered)s then m.level end as level,
        case when %(filtered)s then m.traits end as traits,
        sum(m.n) as n
    from missing m
    group by 1, 2, 3, 4, 5, 6, 7
)
select p.key, l.unit, sum(p.sign * l.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[], %(firsts)s::integer[],
            %(lasts)s::integer[]) as p (key, measure, sign, channel, field, level, traits, first, last)
left join field f on f.code = p.field
join later l on l.measure = p.measure and l.bucket between p.first and p.last
    and (p.channel is null or l.channel = p.channel)
    and (p.field is null or l.field = f.id)
    and (p.level is null or l.level = p.level)
    and (p.traits is null or l.traits & p.traits = p.traits)
group by p.key, l.unit
