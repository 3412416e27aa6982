update snapshot.slot
set state = %(state)s, next_at = %(next_at)s, held_since = %(held_since)s, known_at = %(known_at)s, late = %(late)s,
    attempts = attempts + %(tries)s
where kind = %(kind)s and period = %(period)s and version = %(version)s and state <> 'sealed'
