-- Sums of some units by field and level of authority, online or not, before a period and within it: full years, months
-- and days of the roll-ups, and what the ledger has of a last day after the moment that the report is as of.
with piece as materialized (
    select *
    from unnest(%(grains)s::text[], %(measures)s::smallint[], %(times)s::text[], %(signs)s::integer[],
                %(starts)s::date[], %(stops)s::date[]) as p (grain, measure, "time", sign, start, stop)
),
found as (
    select p.measure, p."time", p.sign, r.level, r.field, r.channel, r.n
    from piece p
    cross join lateral (
        select y.level, y.field, y.channel, sum(y.n)::bigint as n
        from rollup_year y
        where y.measure = p.measure and y.unit = any(%(units)s::integer[]) and y.day >= p.start and y.day < p.stop
        group by 1, 2, 3
    ) r
    where p.grain = 'year'
    union all
    select p.measure, p."time", p.sign, r.level, r.field, r.channel, r.n
    from piece p
    cross join lateral (
        select m.level, m.field, m.channel, sum(m.n)::bigint as n
        from rollup_month m
        where m.measure = p.measure and m.unit = any(%(units)s::integer[]) and m.day >= p.start and m.day < p.stop
        group by 1, 2, 3
    ) r
    where p.grain = 'month'
    union all
    select p.measure, p."time", p.sign, r.level, r.field, r.channel, r.n
    from piece p
    cross join lateral (
        select d.level, d.field, d.channel, sum(d.n)::bigint as n
        from rollup_day d
        where d.measure = p.measure and d.unit = any(%(units)s::integer[]) and d.day >= p.start and d.day < p.stop
        group by 1, 2, 3
    ) r
    where p.grain = 'day'
    union all
    select l.measure, 'within', -1, l.level, l.field, l.channel, l.n
    from ledger l
    where l.measure = any(%(rest_measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
        and l.at >= %(rest_start)s and l.at < %(rest_stop)s
)
select level, field, measure, "time", channel = %(online)s as online, sum(sign * n)::bigint as n
from found
group by 1, 2, 3, 4, 5
having sum(sign * n) <> 0
