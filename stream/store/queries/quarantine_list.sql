-- What lies in quarantine, the newest first.
select part, pos, appended_at, key, reason, place, replayed_as
from quarantine
order by appended_at desc, part, pos desc
limit %(limit)s
