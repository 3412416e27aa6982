-- What a source promises from this place of the log on.
insert into source_promise (part, pos, known_at, source, kind, streams, units, cadence, active)
values (%(part)s, %(pos)s, %(known_at)s, %(source)s, %(kind)s, %(streams)s, %(units)s, %(cadence)s, %(active)s)
