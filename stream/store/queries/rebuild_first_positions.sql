-- Where the history of each partition begins.
select part, first_pos from part_offset where next_pos > first_pos
