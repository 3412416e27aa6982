-- A new password hash; `must_change` where somebody else knows the password.
update dashboard.account
set password_hash = %(password_hash)s, password_at = %(at)s, must_change = %(must_change)s
where id = %(id)s
returning login;
