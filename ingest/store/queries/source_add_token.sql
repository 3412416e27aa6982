-- A token of a source, as its SHA-256.
insert into source_token (digest, source) values (%(digest)s, %(id)s);
