select slot.kind, slot.period, slot.version, slot.due_at, slot.origin, slot.state, slot.attempts, slot.late, slot.error,
    sealed.number, sealed.digest, sealed.is_partial, sealed.sealed_at,
    (select count(*) from snapshot.delivery where delivery.kind = slot.kind and delivery.period = slot.period
        and delivery.version = slot.version) as receivers,
    (select count(*) from snapshot.delivery where delivery.kind = slot.kind and delivery.period = slot.period
        and delivery.version = slot.version and delivery.state = 'delivered') as delivered
from snapshot.slot
left join snapshot.sealed using (kind, period, version)
where (%(kind)s::text is null or slot.kind = %(kind)s)
    and (not %(late)s or slot.late <> '{}' or slot.state <> 'sealed' and slot.due_at < %(late_before)s)
order by slot.due_at desc, slot.kind, slot.period, slot.version desc
limit %(most)s
