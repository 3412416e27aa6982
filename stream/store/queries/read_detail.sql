-- Sums of numbered slices that keep one channel or one field only, by unit, from the detailed roll-ups and the ledger.
select p.slice, u.unit, found.n
from unnest(%(month_slices)s::integer[], %(month_measures)s::smallint[], %(month_channels)s::smallint[],
            %(month_fields)s::text[], %(month_starts)s::date[], %(month_stops)s::date[])
    as p (slice, measure, channel, field, start, stop)
cross join unnest(%(units)s::integer[]) as u (unit)
cross join lateral (
    select sum(r.n)::bigint as n
    from rollup_month r
    where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        and (p.channel is null or r.channel = p.channel)
        and (p.field is null or r.field = (select f.id from field f where f.code = p.field))
) found
union all
select p.slice, u.unit, found.n
from unnest(%(day_slices)s::integer[], %(day_measures)s::smallint[], %(day_channels)s::smallint[],
            %(day_fields)s::text[], %(day_starts)s::date[], %(day_stops)s::date[])
    as p (slice, measure, channel, field, start, stop)
cross join unnest(%(units)s::integer[]) as u (unit)
cross join lateral (
    select sum(r.n)::bigint as n
    from rollup_day r
    where r.measure = p.measure and r.unit = u.unit and r.day >= p.start and r.day < p.stop
        and (p.channel is null or r.channel = p.channel)
        and (p.field is null or r.field = (select f.id from field f where f.code = p.field))
) found
union all
select p.slice, u.unit, found.n
from unnest(%(ledger_slices)s::integer[], %(ledger_measures)s::smallint[], %(ledger_channels)s::smallint[],
            %(ledger_fields)s::text[], %(ledger_starts)s::timestamptz[], %(ledger_stops)s::timestamptz[])
    as p (slice, measure, channel, field, start, stop)
cross join unnest(%(units)s::integer[]) as u (unit)
cross join lateral (
    select sum(l.n) as n
    from ledger l
    where l.measure = p.measure and l.unit = u.unit and l.at >= p.start and l.at < p.stop
        and (p.channel is null or l.channel = p.channel)
        and (p.field is null or l.field = (select f.id from field f where f.code = p.field))
) found
