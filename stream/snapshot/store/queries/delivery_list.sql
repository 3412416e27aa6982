-- Deliveries that wait, were given up, or were done since a moment; each with what has to go to its receiver first.
with head as (
    select distinct on (d.receiver, d.kind) d.receiver, d.kind, d.period, d.version
    from snapshot.delivery d
    join snapshot.sealed s using (kind, period, version)
    where d.state = 'waiting'
    order by d.receiver, d.kind, s.number
)
select d.receiver, d.kind, d.period, d.version, s.number, d.digest, d.state, d.is_taken, d.attempts, d.made_at, d.next_at,
    d.done_at, d.error,
    case
        when d.state = 'waiting' and (head.period, head.version) <> (d.period, d.version)
        then head.period || '/' || head.version
    end as waits_for
from snapshot.delivery d
join snapshot.sealed s using (kind, period, version)
left join head on head.receiver = d.receiver and head.kind = d.kind
where (d.state <> 'delivered' or d.done_at >= %(since)s)
    and (%(receiver)s::text is null or d.receiver = %(receiver)s)
    and (%(kind)s::text is null or d.kind = %(kind)s)
    and (%(period)s::text is null or d.period = %(period)s)
    and (%(version)s::integer is null or d.version = %(version)s)
order by d.receiver, d.kind, s.number
