-- The digest of a version that was sealed.
select digest from snapshot.sealed where kind = %(kind)s and period = %(period)s and version = %(version)s
