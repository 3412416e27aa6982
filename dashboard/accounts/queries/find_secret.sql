-- What a login proves itself by.
select id, password_hash, disabled_at is not null, must_change
from dashboard.account
where login = %(login)s;
