-- The cases that were touched last, each once, newest first. Looks at no more than the last records of each partition.
select c.code, c.unit, c.status, touched.at, touched.appended_at
from (
    select distinct on (e.case_id) e.case_id, e.at, e.appended_at, e.part, e.pos
    from part_offset p
    join event e on e.part = p.part and e.pos >= p.next_pos - %(look_back)s
    where e.case_id is not null
    order by e.case_id, e.appended_at desc, e.pos desc
) touched
join cases c on c.id = touched.case_id
order by touched.appended_at desc, touched.part, touched.pos desc
limit %(most)s
