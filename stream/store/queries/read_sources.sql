-- Every source that promised something or was heard of: its newest promise, since when it holds, its signs of life.
with promise as (
    select distinct on (source) source, kind, streams, units, cadence, active
    from source_promise
    order by source, pos desc
)
select source, promise.kind, promise.streams, promise.units, promise.cadence, promise.active,
    (
        select min(same.known_at)
        from source_promise as same
        where same.source = promise.source and same.pos > coalesce((
            select max(other.pos)
            from source_promise as other
            where other.source = promise.source
              and (other.cadence is distinct from promise.cadence or other.active <> promise.active)
        ), -1)
    ) as since,
    known.last_event_at, known.last_known_at, known.heartbeat_at, known.complete_until,
    coalesce(known.heard_at, greatest(known.last_known_at, known.heartbeat_at)) as heard_at
from promise
full join source_state as known using (source)
order by source
