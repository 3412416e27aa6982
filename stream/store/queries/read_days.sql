-- Sums of the whole area day by day for numbered keys; those with a filter come from the detailed roll-up.
with recursive pair as (
    (select measure, unit from rollup_unit_day order by measure, unit limit 1)
    union all
    select leap.measure, leap.unit
    from pair
    cross join lateral (
        select r.measure, r.unit
        from rollup_unit_day r
        where (r.measure, r.unit) > (pair.measure, pair.unit)
        order by r.measure, r.unit
        limit 1
    ) leap
)
select p.key, found.day, sum(p.sign * found.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[])
    as p (key, measure, sign, channel, field)
join pair using (measure)
cross join lateral (
    select r.day, r.n
    from rollup_unit_day r
    where p.channel is null and p.field is null
        and r.measure = p.measure and r.unit = pair.unit and r.day >= %(start)s and r.day < %(stop)s
    union all
    select r.day, sum(r.n)
    from rollup_day r
    where (p.channel is not null or p.field is not null)
        and r.measure = p.measure and r.unit = pair.unit and r.day >= %(start)s and r.day < %(stop)s
        and (p.channel is null or r.channel = p.channel)
        and (p.field is null or r.field = (select f.id from field f where f.code = p.field))
    group by r.day
) found
group by p.key, found.day
