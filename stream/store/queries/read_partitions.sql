-- How far each partition has been applied, what became of its records, and why it was stopped.
select part, next_pos, next_pos - first_pos as received, applied, duplicates, quarantined, halted
from part_offset
order by part
