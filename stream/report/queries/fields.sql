-- The fields (lĩnh vực) that are known by name.
select id, code, name
from field
