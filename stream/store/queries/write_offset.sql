-- The next position of a partition, and what became of the records before it.
update part_offset set
    first_pos = case when next_pos = first_pos then %(first)s else first_pos end,
    next_pos = %(next)s,
    applied = applied + %(applied)s,
    duplicates = duplicates + %(duplicates)s,
    quarantined = quarantined + %(quarantined)s,
    halted = %(halted)s
where part = %(part)s
