-- What became known only after a moment, by unit for numbered keys: what is to be taken off a sum to have it as it
-- was known then. `cuts` are the moments at which windows begin or end; bucket i lies from cut i to cut i + 1.
with later as materialized (
    select l.measure, l.unit, width_bucket(l.at, %(cuts)s::timestamptz[]) as bucket,
        case when %(filtered)s then l.channel end as channel,
        case when %(filtered)s then l.field end as field,
        case when %(filtered)s then l.level end as level,
        case when %(filtered)s then l.traits end as traits,
        sum(l.n) as n
    from ledger l
    where l.known_at > %(known_at)s and l.measure = any(%(wanted)s::smallint[]) and l.at < %(last)s
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
