-- The cases that moved over the border of some units within a period, on balance: 1 for one that came in, -1 for one that
-- left; and whether one that left had been received there in the period, online or not (null: it had not).
-- Grouped by the partition too: the numbers of cases of all partitions share their hashes.
with moved as materialized (
    select case_id, level, field, sum(case when measure = %(moved_in)s then n else -n end) as n
    from ledger
    where measure in (%(moved_in)s, %(moved_out)s) and unit = any(%(units)s::integer[])
        and at >= %(start)s and at < %(stop)s and known_at <= %(known_at)s
    group by part, 1, 2, 3
    having sum(case when measure = %(moved_in)s then n else -n end) <> 0
),
received as materialized (
    select case_id, level, field, bool_or(channel = %(online)s) as online
    from ledger
    where measure = %(received)s and unit = any(%(units)s::integer[])
        and at >= %(start)s and at < %(stop)s and known_at <= %(known_at)s
        and case_id in (select moved.case_id from moved where moved.n < 0)
    group by part, 1, 2, 3, channel
    having sum(n) > 0
)
select case_id, m.level, m.field, m.n, r.online
from moved m
left join received r using (case_id, level, field)
