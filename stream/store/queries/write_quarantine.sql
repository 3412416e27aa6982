-- Put aside what can't be applied.
insert into quarantine (part, pos, appended_at, key, reason, place, body)
values (%(part)s, %(pos)s, %(appended_at)s, %(key)s, %(reason)s, %(place)s, %(body)s)
