-- Waits for everybody who seals with the key.
select id from snapshot.key where id = %(id)s for update
