-- Only forward: a clock that was set back makes nothing twice.
update snapshot.schedule_state set made_until = greatest(made_until, %(now)s) where kind = any(%(kinds)s::text[])
