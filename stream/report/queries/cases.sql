-- What each case adds to a column, by its postings: measures of which each counts in its own time, channel and weight.
-- Grouped by the partition too: the numbers of cases of all partitions share their hashes.
select l.case_id, l.level, l.field, sum(w.n * l.n)::bigint as n
from unnest(%(measures)s::smallint[], %(starts)s::timestamptz[], %(stops)s::timestamptz[], %(onlines)s::boolean[],
            %(weights)s::integer[]) as w (measure, start, stop, online, n)
join ledger l on l.measure = w.measure and l.at >= w.start and l.at < w.stop
where l.unit = any(%(units)s::integer[]) and l.known_at <= %(known_at)s
    and (w.online is null or (l.channel = %(online)s) = w.online)
    and (%(level)s::smallint is null or l.level = %(level)s) and (%(field)s::integer is null or l.field = %(field)s)
group by l.part, 1, 2, 3
having sum(w.n * l.n) <> 0
