-- The cases that the store has of these.
select id, code, kind, procedure, is_open, timeline from cases where code = any(%(codes)s)
