-- When the chances of open cases were last worked out: all of them at once.
select max(scored_at) from warning
