-- A new key, with the word of the key before where it has one.
insert into snapshot.key (id, public, made_at, statement, endorsement, endorsed_by)
values (%(id)s, %(public)s, %(made_at)s, %(statement)s, %(endorsement)s, %(by)s)
