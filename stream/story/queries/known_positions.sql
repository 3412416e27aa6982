-- Which of these places in the log were known at a moment.
select e.part, e.pos
from unnest(%(parts)s::smallint[], %(positions)s::bigint[]) as p (part, pos)
join event e using (part, pos)
where e.appended_at <= %(known_at)s
