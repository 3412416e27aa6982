-- What a version says: its JSON.
select body
from snapshot.file
where kind = %(kind)s and period = %(period)s and version = %(version)s and name = 'snapshot.json'
