-- The sources of which a record had come by a local day.
select distinct source
from source_day
where day <= %(day)s
