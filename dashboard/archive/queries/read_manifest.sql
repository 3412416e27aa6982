-- What was signed, and the signature, byte for byte.
select manifest, signature
from snapshot.sealed
where kind = %(kind)s and period = %(period)s and version = %(version)s;
