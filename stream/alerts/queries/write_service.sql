-- The alerting service is there, and goes by this.
insert into alert_service (seen_at, told)
values (%(at)s, %(told)s)
on conflict (is_one) do update set seen_at = excluded.seen_at, told = excluded.told
