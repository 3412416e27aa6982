-- Those who can let others in, held until the end of the transaction: the last of them stays.
select login
from dashboard.account
where role = 'administrator' and disabled_at is null
order by id
for update;
