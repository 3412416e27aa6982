-- The seal with a number of a kind.
select manifest, signature from snapshot.sealed where kind = %(kind)s and number = %(number)s
