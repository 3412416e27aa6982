-- What the ledger has of a case, posted by the events and adoptions at these moments.
select pos, measure, extract(epoch from at)::bigint as at, unit, field, channel, level, traits, procedure, n
from ledger
where known_at = any(%(moments)s::timestamptz[]) and part = %(part)s and case_id = %(case)s
order by pos, n, measure, at
