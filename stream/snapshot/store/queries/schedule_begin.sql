-- A schedule that is seen for the first time begins now: it owes nothing for the years before.
insert into snapshot.schedule_state (kind, begun_at, made_until)
select kind, %(now)s, %(now)s from unnest(%(kinds)s::text[]) as kind
on conflict (kind) do nothing
