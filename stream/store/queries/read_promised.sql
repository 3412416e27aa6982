-- What each source had promised by what was known at %(known_at)s, without those that were revoked by then.
select source, kind, streams, units, cadence
from (
    select distinct on (source) source, kind, streams, units, cadence, active
    from source_promise
    where known_at <= %(known_at)s
    order by source, pos desc
) newest
where active
order by source
