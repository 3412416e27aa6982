-- The newest entries.
select at, who, what, facts
from dashboard.audit
order by id desc
limit %(most)s;
