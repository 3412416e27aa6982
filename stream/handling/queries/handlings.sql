-- What was done about these cases, as far as anything was; codes are those of the handlings.
select code, timeline
from cases
where kind = 8 and code = any(%(codes)s::text[])
