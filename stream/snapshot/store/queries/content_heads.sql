-- The heads of the embedded log, once nobody who appends holds any of them: every record of a moment before this
-- transaction began stands in the log by then, or never will. In the order in which appending locks them. None where the
-- log is not in this database.
select head.part, head.next_pos
from ingest.head
order by head.part
for key share
