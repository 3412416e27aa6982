-- The applications of which a finding was made up to a moment, as known at another.
-- The partition is part of the number of a case: grouped by the number alone, the hashes of all partitions collide, and
-- PostgreSQL takes minutes for some hundred thousand cases.
select c.id, c.code, c.kind, c.timeline
from (
    select case_id
    from ledger
    where measure = %(measure)s and at <= %(as_of)s and known_at <= %(known_at)s
        and (%(units)s::integer[] is null or unit = any(%(units)s::integer[]))
    group by part, case_id
    having sum(n) > 0
) found
join cases c on c.id = found.case_id
