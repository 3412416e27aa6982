-- The silences that hold at a moment.
select id, rule, unit, reason, made_by, made_at, until_at
from alert_silence
where ended_at is null and made_at <= %(at)s and until_at > %(at)s
order by until_at, id
