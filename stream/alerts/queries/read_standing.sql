-- All alerts that are not closed, by their causes.
select id, rule, subject, phase, level, began_at, seen_at, worked, opened_at, closed_at, well_since, value, worst, cases,
    number, held, told, silenced, ended_as
from alert
where phase <> 'closed'
order by id
