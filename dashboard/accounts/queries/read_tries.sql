-- How often each was tried in vain; whoever tries at the same time waits.
select bucket, tries, until, tried_at
from dashboard.throttle
where bucket = any(%(buckets)s)
order by bucket
for update;
