-- When the log took the newest record of a source; older news never takes its place.
insert into source_state as known (source, heard_at) values (%(source)s, %(heard_at)s)
on conflict (source) do update set heard_at = greatest(known.heard_at, excluded.heard_at)
