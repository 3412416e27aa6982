-- The saved views of a person, by name.
select id, name, query, first
from dashboard.saved_view
where account_id = %(account)s
order by lower(name);
