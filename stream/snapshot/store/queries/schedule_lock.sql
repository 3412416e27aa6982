select kind, period, version, due_at, origin, state, held_since, known_at, attempts, late
from snapshot.slot
where kind = %(kind)s and period = %(period)s and version = %(version)s and state <> 'sealed'
for update skip locked
