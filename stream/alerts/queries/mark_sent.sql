-- These were sent.
update alert_delivery
set state = 'sent', done_at = %(at)s, error = null
where channel = %(channel)s and happening_id = any(%(ids)s::bigint[]) and state = 'waiting'
