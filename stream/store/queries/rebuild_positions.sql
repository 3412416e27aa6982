-- The cut: how far each partition has been applied, read in one statement.
select part, next_pos from part_offset where next_pos > first_pos order by part
