-- A new incident. Answers its number.
insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at, flaps)
values (%(cause)s, %(source)s, %(began_at)s, %(seen_at)s, %(recovered_at)s, %(closed_at)s, %(flaps)s)
returning id
