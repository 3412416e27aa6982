-- A schedule that is seen for the first time begins now: it owes nothing for the years before. One that
-- began in the future did so by a clock that was wrong: else it would owe nothing until then.
insert into snapshot.schedule_state (kind, begun_at, made_until)
select kind, %(now)s, %(now)s from unnest(%(kinds)s::text[]) as kind
on conflict (kind) do update set begun_at = excluded.begun_at, made_until = excluded.made_until
where schedule_state.begun_at > excluded.begun_at
