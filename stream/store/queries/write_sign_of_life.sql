-- The newest that a source was heard of; older news never takes its place.
insert into source_state as known (source, last_event_at, last_known_at, heartbeat_at, complete_until)
values (%(source)s, %(event_at)s, %(known_at)s, %(heartbeat_at)s, %(complete_until)s)
on conflict (source) do update set
    last_event_at = greatest(known.last_event_at, excluded.last_event_at),
    last_known_at = greatest(known.last_known_at, excluded.last_known_at),
    heartbeat_at = greatest(known.heartbeat_at, excluded.heartbeat_at),
    complete_until = greatest(known.complete_until, excluded.complete_until)
