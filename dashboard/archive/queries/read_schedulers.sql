-- Schedulers, the one that was heard last first; those of which nothing was heard for a week are forgotten here.
select name, started_at, seen_at, doing
from snapshot.scheduler
where seen_at > %(since)s
order by seen_at desc
limit 10;
