-- Which of these codes are cases, and of which kind.
select code, kind
from cases
where code = any(%(codes)s::text[]) and kind <> 8
