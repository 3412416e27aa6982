-- The cases that were touched last, each once, newest first. Looks at no more than the last records of each partition.
with seen as (
    select e.case_id, e.at, e.appended_at, e.part, e.pos
    from part_offset p
    cross join lateral (
        select last.case_id, last.at, last.appended_at, last.part, last.pos
        from event last
        where last.part = p.part
        order by last.pos desc
        limit %(look_back)s
    ) e
    where e.case_id is not null
),
touched as (
    select once.case_id, once.at, once.appended_at, once.part, once.pos
    from (select distinct on (case_id) * from seen order by case_id, appended_at desc, pos desc) once
    order by once.appended_at desc, once.part, once.pos desc
    limit %(most)s
)
select c.code, c.unit, c.status, t.at, t.appended_at
from touched t
join cases c on c.id = t.case_id
order by t.appended_at desc, t.part, t.pos desc
