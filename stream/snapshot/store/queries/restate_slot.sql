-- The next version of a period, because of what came late; as known at the moment at which it was found to differ.
insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at, known_at)
values (%(kind)s, %(period)s, %(version)s, %(now)s, %(now)s, 'late_events', %(now)s, %(known_at)s)
on conflict (kind, period, version) do nothing
returning version
