insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at, late)
select kind, period, 1, due_at, %(now)s, 'schedule', due_at, string_to_array(late, ',')
from unnest(%(kinds)s::text[], %(periods)s::text[], %(dues)s::timestamptz[], %(lates)s::text[])
    as new (kind, period, due_at, late)
on conflict (kind, period, version) do nothing
returning kind, period
