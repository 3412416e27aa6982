-- The incidents that are open, with their numbers.
select id, cause, source, began_at, seen_at, recovered_at, flaps
from incident
where closed_at is null
order by id
