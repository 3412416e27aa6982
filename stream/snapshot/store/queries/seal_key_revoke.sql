-- Nobody is to trust the key from now on.
update snapshot.key set revoked_at = %(at)s, retired_at = coalesce(retired_at, %(at)s), reason = %(reason)s
where id = %(id)s and revoked_at is null
