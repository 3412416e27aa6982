-- The alerts that closed since a moment, the newest first.
select id, rule, subject, level, opened_at, closed_at, worst, number, ended_as, told, facts
from alert
where phase = 'closed' and closed_at >= %(since)s
order by closed_at desc, id desc
limit %(most)s
