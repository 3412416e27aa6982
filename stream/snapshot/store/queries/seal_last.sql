-- The newest seal of a kind: what the next one follows.
select number, digest from snapshot.sealed where kind = %(kind)s order by number desc limit 1
