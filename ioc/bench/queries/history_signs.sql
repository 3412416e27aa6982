-- The newest cases with one event each, and how far the log was applied: what the rest of the board is read from.
insert into cases (id, code, unit, field, channel, status, received_at, due_at, ended_at, is_open, last_at, timeline)
select id, 'H52.17.01-' || id, unit, field, channel, case when ended is null then 3 else 9 end, received, due, ended,
    ended is null, coalesce(ended, received), ''
from application
order by coalesce(ended_known, received_known) desc
limit 5000;

insert into event (part, pos, appended_at, case_id, eid, at, body)
select a.id % 8, row_number() over (partition by a.id % 8 order by coalesce(a.ended_known, a.received_known), a.id) - 1,
    coalesce(a.ended_known, a.received_known), a.id, a.id, c.last_at, convert_to(repeat('.', 600), 'UTF8')
from cases c
join application a using (id);

insert into part_offset (part, epoch, next_pos, applied)
select part, 1, count(*), count(*)
from event
group by part;

insert into source_state (source, last_event_at, last_known_at, heartbeat_at)
select 'onestop.bench', max(at), max(appended_at), max(appended_at)
from event;

insert into field (code, name)
select 'G09-LV' || lpad(id::text, 2, '0'), 'Lĩnh vực ' || id
from (select distinct field as id from application) as fields
order by id;
