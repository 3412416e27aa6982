-- Until when slots were made, locked: schedulers make slots one after the other.
select kind, begun_at, made_until from snapshot.schedule_state where kind = any(%(kinds)s::text[]) order by kind for update
