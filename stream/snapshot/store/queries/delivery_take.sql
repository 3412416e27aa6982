-- Take what is to be sent to a receiver next: nobody else takes it before `leased_until`, at which it is tried again unless
-- it was marked. What another one is taking at this moment is left to it. Of a kind only what was sealed first of all that
-- waits is given out. What waits until after `beyond` waits by a clock that was set back since.
with head as (
    select distinct on (d.kind) d.receiver, d.kind, d.period, d.version, s.number
    from snapshot.delivery d
    join snapshot.sealed s using (kind, period, version)
    where d.state = 'waiting' and d.receiver = %(receiver)s and (%(kind)s::text is null or d.kind = %(kind)s)
    order by d.kind, s.number
),
due as (
    select receiver, kind, period, version, head.number
    from snapshot.delivery d
    join head using (receiver, kind, period, version)
    where d.state = 'waiting' and (d.next_at <= %(at)s or d.next_at > %(beyond)s)
        and (%(period)s::text is null or period = %(period)s)
        and (%(version)s::integer is null or version = %(version)s)
    order by d.made_at, kind
    limit 1
    for update of d skip locked
)
update snapshot.delivery t
set attempts = t.attempts + 1, next_at = %(leased_until)s, is_taken = true
from due
where t.receiver = due.receiver and t.kind = due.kind and t.period = due.period and t.version = due.version
returning t.receiver, t.kind, t.period, t.version, t.digest, due.number, t.attempts, t.made_at
