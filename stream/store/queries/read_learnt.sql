-- What became known between two moments of numbered keys, by case and local day: what happened before `last`. Looks, as
-- read_changes does, at what came late and at what happened since then.
with learnt as (
    select l.part, l.case_id, l.at, l.measure, l.channel, l.field, l.level, l.traits, l.n
    from ledger l
    where l.known_at > %(known_from)s and l.known_at <= %(known_to)s::timestamptz and l.known_at - l.at > interval '1 day'
        and l.measure = any(%(wanted)s::smallint[]) and l.unit = any(%(units)s::integer[]) and l.at < %(last)s
    union all
    select l.part, l.case_id, l.at, l.measure, l.channel, l.field, l.level, l.traits, l.n
    from unnest(%(wanted)s::smallint[]) as m (measure)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select * from ledger each
        where each.measure = m.measure and each.unit = u.unit
            and each.at >= %(known_from)s::timestamptz - interval '1 day' and each.at < %(last)s
            and each.known_at > %(known_from)s and each.known_at <= %(known_to)s::timestamptz
            and each.known_at - each.at <= interval '1 day'
        offset 0
    ) l
)
select p.key, (l.at at time zone 'Asia/Ho_Chi_Minh')::date as day, l.part, l.case_id, sum(p.sign * l.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[])
    as p (key, measure, sign, channel, field, level, traits)
left join field f on f.code = p.field
join learnt l on l.measure = p.measure
    and (p.channel is null or l.channel = p.channel)
    and (p.field is null or l.field = f.id)
    and (p.level is null or l.level = p.level)
    and (p.traits is null or l.traits & p.traits = p.traits)
group by 1, 2, 3, 4
having sum(p.sign * l.n) <> 0
