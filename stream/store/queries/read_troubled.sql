-- Incidents that are open or were closed since a moment, with the streams that their source promised last (null where the
-- cause is no single source).
select i.began_at, coalesce(i.recovered_at, i.closed_at) as ended_at, i.source, promise.streams
from incident i
left join lateral (
    select p.streams
    from source_promise p
    where p.source = i.source
    order by p.pos desc
    limit 1
) promise on true
where i.closed_at is null or i.closed_at >= %(since)s
order by i.began_at, i.id
