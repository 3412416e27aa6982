-- The cases that the store has of these.
select id, code, procedure, timeline from cases where code = any(%(codes)s)
