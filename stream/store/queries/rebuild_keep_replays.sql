-- As what a record in quarantine went into the log again, the log does not say: the rebuilt schema takes it over.
update quarantine
set replayed_as = live.replayed_as
from stream.quarantine as live
where live.part = quarantine.part and live.pos = quarantine.pos
