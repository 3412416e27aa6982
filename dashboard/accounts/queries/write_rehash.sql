-- The same password under newer parameters, unless it was changed meanwhile.
update dashboard.account
set password_hash = %(new)s
where id = %(id)s and password_hash = %(old)s;
