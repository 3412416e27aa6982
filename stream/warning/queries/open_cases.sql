-- The open applications.
select id, timeline from cases where is_open and kind = 1
