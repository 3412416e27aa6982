-- What was to be sent of these alerts, in the order in which it happened.
select h.alert_id, h.kind, h.at, d.channel, d.state, d.attempts, d.next_at, d.done_at, d.error
from alert_happening h
join alert_delivery d on d.happening_id = h.id
where h.alert_id = any(%(ids)s::bigint[])
order by h.id, d.channel
