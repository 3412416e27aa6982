-- What became known only after a moment, summed up as in `sums`: what is to be taken off to have a report as it was
-- known then. What came more than a day late is found by its own index; the rest happened from a day before on.
with later as (
    select l.level, l.field, l.measure, l.at, l.channel, l.n
    from ledger l
    where l.known_at > %(known_at)s and l.known_at - l.at > interval '1 day' and l.at < %(stop)s
        and l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
    union all
    select l.level, l.field, l.measure, l.at, l.channel, l.n
    from ledger l
    where l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
        and l.at >= %(known_at)s::timestamptz - interval '24 hours' and l.at < %(stop)s
        and l.known_at > %(known_at)s and l.known_at - l.at <= interval '1 day'
)
select level, field, measure, case when at < %(start)s then 'before' else 'within' end as "time",
    channel = %(online)s as online, sum(n) as n
from later
group by 1, 2, 3, 4, 5
having sum(n) <> 0
