-- The canonical JSON of the snapshots with these digests.
select digest, body
from snapshot.file
where name = 'snapshot.json' and digest = any(%(digests)s);
