update snapshot.slot
set state = 'sealed', late = %(late)s, error = null, next_at = %(now)s
where kind = %(kind)s and period = %(period)s and version = %(version)s and state <> 'sealed'
