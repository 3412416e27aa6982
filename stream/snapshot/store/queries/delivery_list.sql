-- Deliveries that wait, were given up, or were done since a moment; each with what has to go to its receiver first.
select d.receiver, d.kind, d.period, d.version, s.number, d.digest, d.state, d.is_taken, d.attempts, d.made_at, d.next_at,
    d.done_at, d.error,
    case when d.state = 'waiting' then (
        select f.period || '/' || f.version
        from snapshot.delivery e
        join snapshot.sealed f using (kind, period, version)
        where e.receiver = d.receiver and e.kind = d.kind and e.state = 'waiting' and f.number < s.number
        order by f.number
        limit 1
    ) end as waits_for
from snapshot.delivery d
join snapshot.sealed s using (kind, period, version)
where (d.state <> 'delivered' or d.done_at >= %(since)s)
    and (%(receiver)s::text is null or d.receiver = %(receiver)s)
    and (%(kind)s::text is null or d.kind = %(kind)s)
    and (%(period)s::text is null or d.period = %(period)s)
    and (%(version)s::integer is null or d.version = %(version)s)
order by d.receiver, d.kind, s.number
