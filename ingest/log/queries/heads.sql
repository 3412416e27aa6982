-- The position that the next entry of each partition will get.
select part, next_pos from head order by part;
