-- The newest snapshots of a kind with the digest of their JSON, for a plot: each version of the last periods.
select sealed.period, sealed.version, sealed.as_of, file.digest
from snapshot.sealed
join snapshot.file using (kind, period, version)
where
  sealed.kind = %(kind)s and file.name = 'snapshot.json'
  and sealed.period in (
    select newest.period from snapshot.sealed as newest
    where newest.kind = %(kind)s
    group by newest.period
    order by max(newest.as_of) desc
    limit %(most)s
  )
order by sealed.as_of, sealed.period, sealed.version;
