-- The renderings of a seal.
insert into snapshot.file (kind, period, version, name, digest, body)
select %(kind)s, %(period)s, %(version)s, name, digest, body
from unnest(%(names)s::text[], %(digests)s::text[], %(bodies)s::bytea[]) as given (name, digest, body)
