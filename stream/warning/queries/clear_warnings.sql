-- The old chances make room for new ones.
delete from warning
