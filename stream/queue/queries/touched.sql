-- The cases that the events at these places in the log are about: applications, documents, and how cases are handled.
-- Of those that ended only that they did. Events and cases are found by their keys: joined, the planner reads whole tables.
select c.id, c.code, c.kind, case when c.is_open or c.ended_at > %(now)s or c.kind = 8 then c.timeline end as timeline
from cases c
where c.kind in (1, 4, 8) and c.id = any(array(
    select e.case_id
    from unnest(%(parts)s::smallint[], %(since)s::bigint[], %(until)s::bigint[]) as stretch (part, since, until)
    cross join lateral (
        select e.case_id
        from event e
        where e.part = stretch.part and e.pos >= stretch.since and e.pos < stretch.until
        order by e.pos
        limit %(most)s
    ) e
))
