-- Their people did something at these moments.
update dashboard.session
set seen_at = greatest(session.seen_at, seen.at)
from unnest(%(ids)s::bigint[], %(moments)s::timestamptz[]) as seen (id, at)
where session.id = seen.id and session.ended_at is null;
