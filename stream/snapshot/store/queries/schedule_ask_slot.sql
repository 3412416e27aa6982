-- By hand: the slot that waits is hurried; else the next version is asked for.
insert into snapshot.slot (kind, period, version, due_at, made_at, origin, asked_by, next_at, late)
values (%(kind)s, %(period)s, %(version)s, %(due_at)s, %(now)s, 'by_hand', %(by)s, %(now)s, %(late)s)
on conflict (kind, period, version) do nothing
