-- The newest state of the cases that were known before this batch.
insert into cases
select * from touched
on conflict (id) do update set
    unit = excluded.unit,
    field = excluded.field,
    channel = excluded.channel,
    status = excluded.status,
    procedure = excluded.procedure,
    received_at = excluded.received_at,
    due_at = excluded.due_at,
    ended_at = excluded.ended_at,
    returned_at = excluded.returned_at,
    is_open = excluded.is_open,
    last_at = excluded.last_at,
    timeline = excluded.timeline
