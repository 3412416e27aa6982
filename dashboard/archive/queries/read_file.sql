-- One rendering, byte for byte.
select body
from snapshot.file
where kind = %(kind)s and period = %(period)s and version = %(version)s and name = %(name)s;
