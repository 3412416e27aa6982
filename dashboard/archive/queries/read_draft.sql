-- One rendering of a dry run.
select
  kind, period,
  case %(name)s when 'snapshot.json' then json when 'snapshot.xlsx' then xlsx when 'snapshot.pdf' then pdf end as body
from snapshot.draft
where id = %(id)s;
