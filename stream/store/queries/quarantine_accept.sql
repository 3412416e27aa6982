-- Let a halted partition go on: poison before this position no longer halts it.
update part_offset set halted = null, tolerate_until = %(until)s
where part = %(part)s and halted is not null
returning next_pos
