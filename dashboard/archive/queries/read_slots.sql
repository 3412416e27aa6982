-- Slots with their seal and how their deliveries stand, the newest first. `states`: any of them will do; null is all.
select *
from (
  select
    slot.kind, slot.period, slot.version, slot.due_at, slot.origin, slot.asked_by, slot.next_at, slot.held_since,
    slot.attempts, slot.late, slot.error, sealed.sealed_at, sealed.is_partial, sealed.number,
    slot.version > 1 as is_restated,
    case
      when slot.state = 'sealed' then 'sealed'
      when slot.state = 'held' then 'held'
      when slot.error is not null then 'failed'
      when slot.due_at < %(overdue)s then 'overdue'
      else 'waiting'
    end as state,
    coalesce(sent.waiting, 0) as waiting, coalesce(sent.failing, 0) as failing,
    coalesce(sent.delivered, 0) as delivered, coalesce(sent.given_up, 0) as given_up
  from snapshot.slot
  left join snapshot.sealed using (kind, period, version)
  left join lateral (
    select
      count(*) filter (where delivery.state = 'waiting') as waiting,
      count(*) filter (where delivery.state = 'waiting' and delivery.attempts > 0 and delivery.error is not null) as failing,
      count(*) filter (where delivery.state = 'delivered') as delivered,
      count(*) filter (where delivery.state = 'given_up') as given_up
    from snapshot.delivery
    where delivery.kind = slot.kind and delivery.period = slot.period and delivery.version = slot.version
  ) as sent on true
  where
    (%(kind)s::text is null or slot.kind = %(kind)s)
    and (%(year)s::text is null or starts_with(slot.period, %(year)s))
) as found
where
  %(states)s::text[] is null
  or state = any(%(states)s)
  or ('late' = any(%(states)s) and late <> '{}')
  or ('partial' = any(%(states)s) and is_partial)
  or ('restated' = any(%(states)s) and is_restated)
  or ('undelivered' = any(%(states)s) and failing + given_up > 0)
order by due_at desc, kind, period desc, version desc
limit %(most)s;
