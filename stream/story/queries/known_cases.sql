-- The cases for which a level stood at a moment, as known at another: the net sum of its steps.
-- The partition is part of the number of a case: grouped by the number alone, the hashes of all partitions collide, and
-- PostgreSQL takes minutes for some hundred thousand cases.
select c.id, c.code, c.kind, c.timeline
from (
    select case_id
    from ledger
    where measure in (%(rise)s, %(fall)s) and at <= %(as_of)s and known_at <= %(known_at)s
        and (%(units)s::integer[] is null or unit = any(%(units)s::integer[]))
    group by part, case_id
    having sum(case when measure = %(rise)s then n else -n end) > 0
) standing
join cases c on c.id = standing.case_id
