-- Every field (lĩnh vực) that was ever met, with its name where one is known.
select code, name
from field
order by code
