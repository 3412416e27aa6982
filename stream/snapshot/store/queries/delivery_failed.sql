-- This one could not be delivered: it is tried again, or given up: where that is of no use, or was tried for long enough.
update snapshot.delivery
set is_taken = false, next_at = %(next_at)s, error = %(error)s,
    state = case when enough then 'given_up' else 'waiting' end,
    done_at = case when enough then %(at)s::timestamptz end
from (
    select receiver as r, kind as k, period as p, version as v,
        %(is_final)s::boolean or (made_at <= %(given_up_before)s and attempts >= %(least_tries)s) as enough
    from snapshot.delivery
    where receiver = %(receiver)s and kind = %(kind)s and period = %(period)s and version = %(version)s
) judged
where receiver = r and kind = k and period = p and version = v
    and state = 'waiting' and attempts = %(attempts)s
returning state
