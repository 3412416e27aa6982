-- A case by its code, with all that was ever said of it.
select id, code, kind, procedure, timeline
from cases
where code = %(code)s
