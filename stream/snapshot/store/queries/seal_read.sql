-- A seal, as it was made.
select manifest, signature from snapshot.sealed
where kind = %(kind)s and period = %(period)s and version = %(version)s
