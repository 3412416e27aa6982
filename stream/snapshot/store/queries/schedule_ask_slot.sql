-- By hand: as known when it is asked for. A centre that was put to use after the slot knew nothing then of what its systems
-- have told it since.
insert into snapshot.slot (kind, period, version, due_at, made_at, origin, asked_by, next_at, known_at, late)
values (%(kind)s, %(period)s, %(version)s, %(due_at)s, %(now)s, 'by_hand', %(by)s, %(now)s, %(now)s, %(late)s)
on conflict (kind, period, version) do nothing
