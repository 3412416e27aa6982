-- All keys, oldest first.
select id, public, made_at, retired_at, revoked_at, reason, statement, endorsement, endorsed_by
from snapshot.key order by made_at, id
