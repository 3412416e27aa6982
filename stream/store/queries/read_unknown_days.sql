-- What became known only after a moment of numbered keys, day by day, over groups of units: what is to be taken off sums
-- by day to have them as they were known then. `cuts` are the midnights at which the days begin; bucket i lies from cut i
-- to cut i + 1, and bucket 0, of levels only, before the first. Finds what read_unknown_late finds: all that came late, and
-- of what came in time what happened since the day before.
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
    select u.place, m.measure, width_bucket(m.at, %(cuts)s::timestamptz[]) as bucket,
        case when %(filtered)s then m.channel end as channel,
        case when %(filtered)s then m.field end as field,
        case when %(filtered)s then m.level end as level,
        case when %(filtered)s then m.traits end as traits,
        sum(m.n) as n
    from missing m
    join unnest(%(units)s::integer[], %(places)s::integer[]) as u (unit, place) using (unit)
    group by 1, 2, 3, 4, 5, 6, 7
)
select l.place, p.key, l.bucket, sum(p.sign * l.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[], %(stands)s::boolean[])
    as p (key, measure, sign, channel, field, level, traits, stands)
left join field f on f.code = p.field
join later l on l.measure = p.measure and (p.stands or l.bucket > 0)
    and (p.channel is null or l.channel = p.channel)
    and (p.field is null or l.field = f.id)
    and (p.level is null or l.level = p.level)
    and (p.traits is null or l.traits & p.traits = p.traits)
group by l.place, p.key, l.bucket
