-- Somebody ends a silence before its time; answers its number where it held.
update alert_silence
set ended_by = %(by)s, ended_at = %(at)s
where id = %(id)s and ended_at is null and until_at > %(at)s
returning id
