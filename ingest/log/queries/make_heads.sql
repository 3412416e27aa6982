-- The heads of a new log.
insert into head (part)
select generate_series(0, %(partitions)s::integer - 1);
