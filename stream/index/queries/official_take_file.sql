-- Remember a file by its content; answers nothing where it was taken before.
insert into ingest.official_file (digest, name) values (%(digest)s, %(name)s)
on conflict (digest) do nothing
returning name
