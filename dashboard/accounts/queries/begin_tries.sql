-- Buckets that nothing is held against yet.
insert into dashboard.throttle (bucket, tries, until, tried_at)
select bucket, 0, %(at)s, %(at)s
from unnest(%(buckets)s::text[]) as bucket
order by bucket
on conflict do nothing;
