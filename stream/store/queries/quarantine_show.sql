-- One record in quarantine, with its masked bytes.
select part, pos, appended_at, key, reason, place, replayed_as, body
from quarantine
where part = %(part)s and pos = %(pos)s
