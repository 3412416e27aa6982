insert into snapshot.scheduler (name, started_at, seen_at, doing) values (%(name)s, %(started_at)s, %(now)s, %(doing)s)
on conflict (name) do update set seen_at = excluded.seen_at, doing = excluded.doing, started_at = excluded.started_at
