-- Names, digests and sizes of the renderings of a period's versions, not the bytes themselves.
select version, name, digest, octet_length(body) as bytes
from snapshot.file
where kind = %(kind)s and period = %(period)s
order by version, name;
