-- The renderings of a seal.
select name, body from snapshot.file where kind = %(kind)s and period = %(period)s and version = %(version)s
