-- What became known between two moments, by case: what each case added to numbered sums, unit by unit, where that is not
-- nothing. Looks, as read_changes does, at what came late and at what happened since then. For sums that tell procedures
-- apart (by_procedure) each procedure is a row of its own.
with learnt as materialized (
    select l.case_id, l.part, l.at, l.known_at, l.measure, l.unit, l.channel, l.field, l.level, l.traits, l.procedure, l.n
    from ledger l
    where l.known_at > %(known_from)s and l.known_at <= %(known_to)s and l.known_at - l.at > interval '1 day'
        and l.measure = any(%(wanted)s::smallint[]) and l.at < %(last)s
    union all
    select l.case_id, l.part, l.at, l.known_at, l.measure, l.unit, l.channel, l.field, l.level, l.traits, l.procedure, l.n
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
gained as (
    select s.number, l.part, l.case_id, l.unit, case when s.by_procedure then l.procedure end as procedure,
        sum(s.sign * l.n)::bigint as n, max(l.known_at) as known_at
    from unnest(%(numbers)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
                %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[], %(starts)s::timestamptz[],
                %(stops)s::timestamptz[], %(by_procedure)s::boolean[])
        as s (number, measure, sign, channel, field, level, traits, start, stop, by_procedure)
    left join field f on f.code = s.field
    join learnt l on l.measure = s.measure and l.at >= s.start and l.at < s.stop
        and (s.channel is null or l.channel = s.channel)
        and (s.field is null or l.field = f.id)
        and (s.level is null or l.level = s.level)
        and (s.traits is null or l.traits & s.traits = s.traits)
    group by 1, 2, 3, 4, 5
    having sum(s.sign * l.n) <> 0
)
select g.number, g.unit, coalesce(c.code, 'case ' || g.case_id) as code, p.code as procedure, g.n, g.known_at
from gained g
left join cases c on c.id = g.case_id
left join procedure p on p.id = g.procedure
order by g.number, g.unit, code, procedure
