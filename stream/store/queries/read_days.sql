-- Sums of the whole area day by day for numbered keys; those with a filter come from the detailed roll-up.
select p.key, r.day, sum(p.sign * r.n)::bigint as n
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[]) as p (key, measure, sign, channel, field)
cross join unnest(%(units)s::integer[]) as u (unit)
cross join lateral (
    select d.day, d.n
    from rollup_unit_day d
    where d.measure = p.measure and d.unit = u.unit and d.day >= %(start)s and d.day < %(stop)s
    offset 0
) r
where p.channel is null and p.field is null
group by p.key, r.day
union all
select p.key, r.day, sum(p.sign * r.n)::bigint
from unnest(%(keys)s::integer[], %(measures)s::smallint[], %(signs)s::integer[], %(channels)s::smallint[],
            %(fields)s::text[]) as p (key, measure, sign, channel, field)
cross join unnest(%(units)s::integer[]) as u (unit)
cross join lateral (
    select d.day, sum(d.n) as n
    from rollup_day d
    where d.measure = p.measure and d.unit = u.unit and d.day >= %(start)s and d.day < %(stop)s
        and (p.channel is null or d.channel = p.channel)
        and (p.field is null or d.field = (select f.id from field f where f.code = p.field))
    group by d.day
) r
where p.channel is not null or p.field is not null
group by p.key, r.day
