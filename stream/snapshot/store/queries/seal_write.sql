-- What was sealed; the number and the version are taken once, by the constraints of the table.
insert into snapshot.sealed (
    kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at, sealed_at, is_partial, late,
    manifest, signature
)
values (
    %(kind)s, %(period)s, %(version)s, %(number)s, %(digest)s, %(previous)s, %(key)s, %(due_at)s, %(as_of)s, %(known_at)s,
    %(sealed_at)s, %(is_partial)s, %(late)s, %(manifest)s, %(signature)s
)
