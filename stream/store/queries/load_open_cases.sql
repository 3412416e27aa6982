-- The open cases of one partition: their numbers begin with it.
select id, code, kind, procedure, is_open, timeline
from cases
where is_open and id >= %(first)s and id < %(end)s
