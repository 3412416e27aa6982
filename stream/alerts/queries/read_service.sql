-- The alerting service's last sign of life, for how many seconds it was not heard of, and what it goes by.
select seen_at, extract(epoch from clock_timestamp() - seen_at)::float8 as age, told
from alert_service
