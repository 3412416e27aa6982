-- What each case adds to a level at a moment, by its postings. Only a case that is open then can add anything: by what is
-- known now, or by what is taken back since the moment of knowledge. That keeps the history small that has to be read.
-- Grouped by the partition too: the numbers of cases of all partitions share their hashes.
with later as materialized (
    select l.case_id, l.at
    from ledger l
    where l.known_at > %(known_at)s and l.known_at - l.at > interval '1 day' and l.at < %(moment)s
        and l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
    union all
    select l.case_id, l.at
    from ledger l
    where l.measure = any(%(measures)s::smallint[]) and l.unit = any(%(units)s::integer[])
        and l.at >= %(known_at)s::timestamptz - interval '24 hours' and l.at < %(moment)s
        and l.known_at > %(known_at)s and l.known_at - l.at <= interval '1 day'
),
open as materialized (
    select id, received_at as since from cases where kind = 1 and is_open and received_at < %(moment)s
    union all
    select id, received_at from cases where kind = 1 and ended_at >= %(moment)s and received_at < %(moment)s
    union all
    select l.case_id, least(l.at, c.received_at) from later l join cases c on c.id = l.case_id
)
select l.case_id, l.level, l.field, sum(w.n * l.n)::bigint as n
from unnest(%(measures)s::smallint[], %(weights)s::integer[]) as w (measure, n)
join ledger l on l.measure = w.measure
where l.unit = any(%(units)s::integer[]) and l.known_at <= %(known_at)s
    and l.at >= (select min(open.since) from open) and l.at < %(moment)s
    and l.case_id in (select open.id from open)
    and (%(level)s::smallint is null or l.level = %(level)s) and (%(field)s::integer is null or l.field = %(field)s)
group by l.part, 1, 2, 3
having sum(w.n * l.n) <> 0
