-- What became known between two moments of the sums of numbered keys, case by case: the postings of each case and key
-- that do not cancel each other. Looks, as read_unknown_late does, at what came late and at what happened since then.
with learnt as (
    select l.case_id, l.part, l.pos, l.at, l.known_at, l.measure, l.unit, l.channel, l.field, l.level, l.traits, l.n
    from ledger l
    where l.known_at > %(known_from)s and l.known_at <= %(known_to)s and l.known_at - l.at > interval '1 day'
        and l.measure = any(%(wanted)s::smallint[]) and l.unit = any(%(units)s::integer[]) and l.at < %(last)s
    union all
    select l.case_id, l.part, l.pos, l.at, l.known_at, l.measure, l.unit, l.channel, l.field, l.level, l.traits, l.n
    from unnest(%(wanted)s::smallint[]) as m (measure)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select * from ledger each
        where each.measure = m.measure and each.unit = u.unit
            and each.at >= %(known_from)s::timestamptz - interval '1 day' and each.at < %(last)s
            and each.known_at > %(known_from)s and each.known_at <= %(known_to)s
            and each.known_at - each.at <= interval '1 day'
        offset 0
    ) l
),
posted as (
    select p.key, p.sign, l.*, sum(p.sign * l.n) over (partition by p.key, l.case_id) as net
    from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
                %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[], %(starts)s::timestamptz[],
                %(stops)s::timestamptz[]) as p (key, measure, sign, channel, field, level, traits, start, stop)
    left join field f on f.code = p.field
    join learnt l on l.measure = p.measure and l.at >= p.start and l.at < p.stop
        and (p.channel is null or l.channel = p.channel)
        and (p.field is null or l.field = f.id)
        and (p.level is null or l.level = p.level)
        and (p.traits is null or l.traits & p.traits = p.traits)
)
select coalesce(c.code, 'case ' || p.case_id) as code, p.key, p.sign, p.measure, p.unit, p.at, p.known_at, p.n
from posted p
left join cases c on c.id = p.case_id
where p.net <> 0
order by p.known_at, p.part, p.pos, code, p.measure, p.at, p.unit, p.n, p.key
