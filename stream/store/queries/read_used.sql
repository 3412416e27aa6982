-- Which procedures received applications used in numbered windows, by unit: those whose sum is above zero. A window
-- is whole months of the roll-up and pieces of the ledger; with `known_at`, what became known later is taken off.
with late as materialized (
    select l.unit, l.procedure, l.at, l.channel, l.traits, l.n
    from ledger l
    where %(known_at)s::timestamptz is not null and l.measure = %(received)s
        and l.known_at > %(known_at)s and l.known_at - l.at > interval '1 day'
        and l.at >= %(first)s and l.at < %(last)s
),
found as (
    select p.key, u.unit, r.procedure, p.sign * r.n as n
    from unnest(%(month_keys)s::integer[], %(month_signs)s::integer[], %(month_channels)s::smallint[],
                %(month_traits)s::smallint[], %(month_starts)s::date[], %(month_stops)s::date[])
        as p (key, sign, channel, traits, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select m.procedure, sum(m.n) as n
        from rollup_procedure_month m
        where m.unit = u.unit and m.day >= p.start and m.day < p.stop
            and (p.channel is null or m.channel = p.channel) and m.traits & p.traits = p.traits
        group by m.procedure
    ) r
    union all
    select p.key, u.unit, l.procedure, p.sign * l.n
    from unnest(%(ledger_keys)s::integer[], %(ledger_signs)s::integer[], %(ledger_channels)s::smallint[],
                %(ledger_traits)s::smallint[], %(ledger_starts)s::timestamptz[], %(ledger_stops)s::timestamptz[])
        as p (key, sign, channel, traits, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select each.procedure, each.n
        from ledger each
        where each.measure = %(received)s and each.unit = u.unit and each.at >= p.start and each.at < p.stop
            and (p.channel is null or each.channel = p.channel) and each.traits & p.traits = p.traits
        offset 0
    ) l
    union all
    select p.key, l.unit, l.procedure, -l.n
    from unnest(%(keys)s::integer[], %(channels)s::smallint[], %(traits)s::smallint[], %(starts)s::timestamptz[],
                %(stops)s::timestamptz[]) as p (key, channel, traits, start, stop)
    join late l on l.at >= p.start and l.at < p.stop
        and (p.channel is null or l.channel = p.channel) and l.traits & p.traits = p.traits
    union all
    select p.key, u.unit, l.procedure, -l.n
    from unnest(%(keys)s::integer[], %(channels)s::smallint[], %(traits)s::smallint[], %(starts)s::timestamptz[],
                %(stops)s::timestamptz[]) as p (key, channel, traits, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select each.procedure, each.n
        from ledger each
        where each.measure = %(received)s and each.unit = u.unit
            and each.at >= greatest(p.start, %(known_at)s::timestamptz - interval '1 day') and each.at < p.stop
            and each.known_at > %(known_at)s and each.known_at - each.at <= interval '1 day'
            and (p.channel is null or each.channel = p.channel) and each.traits & p.traits = p.traits
        offset 0
    ) l
    where %(known_at)s::timestamptz is not null
),
used as (
    select f.key, f.unit, f.procedure
    from found f
    where f.procedure <> 0
    group by f.key, f.unit, f.procedure
    having sum(f.n) > 0
)
select u.key, u.unit, array_agg(p.code)
from used u
join procedure p on p.id = u.procedure
group by u.key, u.unit
