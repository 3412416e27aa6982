-- Sums of numbered slices that keep only some rows, by unit, from the detailed roll-ups and the ledger. Slices that
-- differ in nothing but what they keep share a `base`, which is read once.
with base as materialized (
    select p.base, u.unit, found.*
    from unnest(%(year_bases)s::integer[], %(year_measures)s::smallint[], %(year_fields)s::boolean[],
                %(year_starts)s::date[], %(year_stops)s::date[]) as p (base, measure, with_field, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select r.channel, r.level, 0::smallint as traits, case when p.with_field then r.field end as field,
            sum(r.n)::bigint as n
        from rollup_year r
        where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        group by 1, 2, 3, 4
    ) found
    union all
    select p.base, u.unit, found.*
    from unnest(%(month_bases)s::integer[], %(month_measures)s::smallint[], %(month_fields)s::boolean[],
                %(month_starts)s::date[], %(month_stops)s::date[]) as p (base, measure, with_field, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select r.channel, r.level, r.traits, case when p.with_field then r.field end as field, sum(r.n)::bigint as n
        from rollup_month r
        where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        group by 1, 2, 3, 4
    ) found
    union all
    select p.base, u.unit, found.*
    from unnest(%(day_bases)s::integer[], %(day_measures)s::smallint[], %(day_fields)s::boolean[],
                %(day_starts)s::date[], %(day_stops)s::date[]) as p (base, measure, with_field, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select r.channel, r.level, r.traits, case when p.with_field then r.field end as field, sum(r.n)::bigint as n
        from rollup_day r
        where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        group by 1, 2, 3, 4
    ) found
    union all
    select p.base, u.unit, found.*
    from unnest(%(channel_bases)s::integer[], %(channel_measures)s::smallint[], %(channel_fields)s::boolean[],
                %(channel_starts)s::date[], %(channel_stops)s::date[]) as p (base, measure, with_field, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select r.channel, null::smallint as level, null::smallint as traits, null::integer as field,
            sum(r.n)::bigint as n
        from rollup_channel_day r
        where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        group by 1
    ) found
    union all
    select p.base, u.unit, found.*
    from unnest(%(ledger_bases)s::integer[], %(ledger_measures)s::smallint[], %(ledger_fields)s::boolean[],
                %(ledger_starts)s::timestamptz[], %(ledger_stops)s::timestamptz[])
        as p (base, measure, with_field, start, stop)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select l.channel, l.level, l.traits, case when p.with_field then l.field end as field, sum(l.n) as n
        from ledger l
        where l.measure = p.measure and l.unit = u.unit and l.at >= p.start and l.at < p.stop
        group by 1, 2, 3, 4
    ) found
)
select p.slice, b.unit, sum(b.n)::bigint as n
from unnest(%(slices)s::integer[], %(bases)s::integer[], %(channels)s::smallint[], %(fields)s::text[],
            %(levels)s::smallint[], %(traits)s::smallint[]) as p (slice, base, channel, field, level, traits)
left join field f on f.code = p.field
join base b on b.base = p.base
    and (p.channel is null or b.channel = p.channel)
    and (p.field is null or b.field = f.id)
    and (p.level is null or b.level = p.level)
    and (p.traits is null or b.traits & p.traits = p.traits)
group by p.slice, b.unit
