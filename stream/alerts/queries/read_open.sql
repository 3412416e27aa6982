-- The open alerts: alarms first, those that were put aside last, then the newest.
select id, rule, subject, level, began_at, opened_at, well_since, value, worst, number, cases, held, silenced, facts
from alert
where phase = 'open'
order by silenced, level = 'alarm' desc, opened_at desc, id
