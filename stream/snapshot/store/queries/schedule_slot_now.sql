select slot.state, slot.attempts, slot.error, slot.late, sealed.number, sealed.digest, sealed.is_partial, sealed.sealed_at
from snapshot.slot
left join snapshot.sealed using (kind, period, version)
where kind = %(kind)s and period = %(period)s and version = %(version)s
