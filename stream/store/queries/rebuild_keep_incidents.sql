-- Incidents are no part of the log: the rebuilt schema takes those of the live one over.
insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at, flaps)
select cause, source, began_at, seen_at, recovered_at, closed_at, flaps from stream.incident order by id
