-- What became known between two moments of the cases of some units, posting by posting, up to the moment that a report is
-- as of. What came more than a day late is found by its own index; the rest happened from a day before on.
with later as (
    select l.case_id, l.level, l.field, l.measure, l.at, l.channel, l.n, l.known_at
    from ledger l
    where l.known_at > %(known_from)s and l.known_at <= %(known_to)s and l.known_at - l.at > interval '1 day'
        and l.at < %(stop)s and l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
    union all
    select l.case_id, l.level, l.field, l.measure, l.at, l.channel, l.n, l.known_at
    from ledger l
    where l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
        and l.at >= %(known_from)s::timestamptz - interval '24 hours' and l.at < %(stop)s
        and l.known_at > %(known_from)s and l.known_at <= %(known_to)s and l.known_at - l.at <= interval '1 day'
)
select case_id, level, field, measure, at, channel = %(online)s as online, known_at, sum(n) as n
from later
group by 1, 2, 3, 4, 5, 6, 7
having sum(n) <> 0
order by known_at, at, measure
