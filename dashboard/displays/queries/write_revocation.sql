-- From now on its key opens nothing; one that waited for approval is refused by the same word.
update dashboard.display
set state = 'revoked', code = null, code_until = null, revoked_at = %(at)s, revoked_by = %(by)s
where id = %(id)s and state <> 'revoked'
returning id;
