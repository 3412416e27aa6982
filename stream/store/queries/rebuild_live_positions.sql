-- How far the live schema has been applied, seen from the one beside it.
select part, next_pos from stream.part_offset where next_pos > first_pos order by part
