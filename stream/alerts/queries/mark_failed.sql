-- These could not be sent: they are tried again, or given up where they have been tried for long enough.
update alert_delivery
set next_at = %(next_at)s, error = %(error)s,
    state = case when made_at <= %(given_up_before)s then 'given_up' else 'waiting' end,
    done_at = case when made_at <= %(given_up_before)s then %(at)s::timestamptz end
where channel = %(channel)s and happening_id = any(%(ids)s::bigint[]) and state = 'waiting'
returning happening_id, state
