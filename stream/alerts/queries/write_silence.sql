-- A silence from now on; answers its number.
insert into alert_silence (rule, unit, reason, made_by, made_at, until_at)
values (%(rule)s, %(unit)s, %(reason)s, %(made_by)s, %(made_at)s, %(until_at)s)
returning id
