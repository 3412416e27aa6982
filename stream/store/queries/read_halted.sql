-- How many partitions are halted.
select count(*) from part_offset where halted is not null
