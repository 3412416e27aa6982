-- The applications of which a finding was made up to a moment, as known at another.
select c.id, c.code, c.kind, c.timeline
from (
    select case_id
    from ledger
    where measure = %(measure)s and at <= %(as_of)s and known_at <= %(known_at)s
        and (%(units)s::integer[] is null or unit = any(%(units)s::integer[]))
    group by case_id
    having sum(n) > 0
) found
join cases c on c.id = found.case_id
