-- The key is used no more; what it has sealed already was in time, however the clock stood.
update snapshot.key
set retired_at = greatest(
        %(at)s, (select max(sealed_at) from snapshot.sealed where key_id = %(id)s)
    ),
    reason = coalesce(%(reason)s, reason)
where id = %(id)s and retired_at is null
