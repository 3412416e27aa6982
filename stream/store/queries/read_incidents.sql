-- Incidents that are open, or were seen or closed since a moment, the newest first.
select cause, source, began_at, seen_at, recovered_at, closed_at, flaps
from incident
where closed_at is null or closed_at >= %(since)s or seen_at >= %(since)s
order by seen_at desc, id desc
