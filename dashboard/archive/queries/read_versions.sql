-- The versions of one period: its slots, and what is known of their seals.
select
  slot.version, slot.due_at, slot.made_at, slot.origin, slot.asked_by, slot.state, slot.next_at, slot.held_since,
  slot.attempts, slot.late, slot.error, sealed.number, sealed.digest, sealed.previous, sealed.key_id, sealed.as_of,
  sealed.known_at, sealed.sealed_at, sealed.is_partial
from snapshot.slot
left join snapshot.sealed using (kind, period, version)
where slot.kind = %(kind)s and slot.period = %(period)s
order by slot.version;
