-- Sums by unit for numbered keys, from the roll-ups by unit; and of each unit the first day known of it (key null).
-- `pair` is every (measure, unit) that exists, found by leaping through the primary key.
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
select s.key, s.unit, sum(s.n)::bigint as n, null::date as heard
from (
    select p.key, pair.unit, p.sign * found.n as n
    from unnest(%(month_keys)s::integer[], %(month_measures)s::smallint[], %(month_signs)s::integer[],
                %(month_starts)s::date[], %(month_stops)s::date[]) as p (key, measure, sign, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(r.n) as n
        from rollup_unit_month r
        where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
    ) found
    union all
    select p.key, pair.unit, p.sign * found.n
    from unnest(%(day_keys)s::integer[], %(day_measures)s::smallint[], %(day_signs)s::integer[],
                %(day_starts)s::date[], %(day_stops)s::date[]) as p (key, measure, sign, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(r.n) as n
        from rollup_unit_day r
        where r.measure = p.measure and r.unit = pair.unit and r.day >= p.start and r.day < p.stop
    ) found
    union all
    select p.key, pair.unit, p.sign * found.n
    from unnest(%(rest_keys)s::integer[], %(rest_measures)s::smallint[], %(rest_signs)s::integer[],
                %(rest_starts)s::timestamptz[], %(rest_stops)s::timestamptz[]) as p (key, measure, sign, start, stop)
    join pair using (measure)
    cross join lateral (
        select sum(l.n) as n
        from ledger l
        where l.measure = p.measure and l.unit = pair.unit and l.at >= p.start and l.at < p.stop
    ) found
) s
where s.n is not null
group by s.key, s.unit
union all
select null, pair.unit, null, min(pair.day)
from pair
group by pair.unit
