-- One session ends.
update dashboard.session
set ended_at = %(at)s, ended_why = %(why)s
where token_hash = %(token_hash)s and ended_at is null
returning id;
