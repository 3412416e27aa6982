-- Whether the key may seal; held so until the end of the transaction.
select id from snapshot.key where id = %(id)s and retired_at is null and revoked_at is null for share
