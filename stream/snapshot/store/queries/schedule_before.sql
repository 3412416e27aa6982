-- The version that another one takes the place of.
select sealed.digest, sealed.as_of, file.body
from snapshot.sealed
join snapshot.file using (kind, period, version)
where kind = %(kind)s and period = %(period)s and version = %(version)s and name = 'snapshot.json'
