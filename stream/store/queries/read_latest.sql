-- The cases of some kinds that were touched last, each once, newest first. Looks at no more than the last records of each partition.
with seen as (
    select e.case_id, e.at, e.appended_at, e.part, e.pos, c.code, c.unit, c.status
    from part_offset p
    cross join lateral (
        select last.case_id, last.at, last.appended_at, last.part, last.pos
        from event last
        where last.part = p.part
        order by last.pos desc
        limit %(look_back)s
    ) e
    join cases c on c.id = e.case_id and c.kind = any(%(kinds)s::smallint[])
)
select once.code, once.unit, once.status, once.at, once.appended_at
from (select distinct on (case_id) * from seen order by case_id, appended_at desc, pos desc) once
order by once.appended_at desc, once.part, once.pos desc
limit %(most)s
