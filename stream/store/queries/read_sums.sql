-- Sums of numbered slices by unit, from the roll-ups by unit and the ledger; and the first day known of each unit, by
-- subject: which of the measures that begin a subject is the last up to its own (slice null, subject for sum). `pair` is
-- every (measure, unit) that exists, found by leaping through the primary key.
with recursive pair as (
    (select measure, unit, day from rollup_unit_day order by measure, unit, day limit 1)
    union all
    select leap.measure, leap.unit, leap.day
    from pair
    cross join lateral (
        select r.measure, r.unit, r.day
        from rollup_unit_day r
        where (r.measure, r.unit) > (pair.measure, pair.unit)
        order by r.measure, r.unit, r.day
        limit 1
    ) leap
)
select p.slice, pair.unit, found.n, null::date as heard
from unnest(%(month_slices)s::integer[], %(month_measures)s::smallint[],
            %(month_starts)s::date[], %(month_stops)s::date[]) as p (slice, measure, start, stop)
join pair using (measure)
cross join lateral (
    select sum(r.n)::bigint as n
    from rollup_unit_month r
    where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
) found
union all
select p.slice, pair.unit, found.n, null
from unnest(%(day_slices)s::integer[], %(day_measures)s::smallint[],
            %(day_starts)s::date[], %(day_stops)s::date[]) as p (slice, measure, start, stop)
join pair using (measure)
cross join lateral (
    select sum(r.n)::bigint as n
    from rollup_unit_day r
    where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
) found
union all
select p.slice, pair.unit, found.n, null
from unnest(%(ledger_slices)s::integer[], %(ledger_measures)s::smallint[],
            %(ledger_starts)s::timestamptz[], %(ledger_stops)s::timestamptz[]) as p (slice, measure, start, stop)
join pair using (measure)
cross join lateral (
    select sum(l.n) as n
    from ledger l
    where l.measure = p.measure and l.unit = pair.unit and l.at >= p.start and l.at < p.stop
) found
union all
select null, pair.unit, width_bucket(pair.measure::integer, %(subjects)s::integer[])::bigint, min(pair.day)
from pair
group by pair.unit, 3
