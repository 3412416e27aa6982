-- The cases that the events at these places in the log are about: applications, documents, and how cases are handled.
-- Of those that ended only that they did.
select c.id, c.code, c.kind, case when c.is_open or c.ended_at > %(now)s or c.kind = 8 then c.timeline end as timeline
from cases c
where c.kind in (1, 4, 8) and c.id in (
    select e.case_id
    from unnest(%(parts)s::smallint[], %(since)s::bigint[], %(until)s::bigint[]) as stretch (part, since, until)
    join event e on e.part = stretch.part and e.pos >= stretch.since and e.pos < stretch.until
)
