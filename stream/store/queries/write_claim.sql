-- Take partitions: from now on only this epoch may write them. Answers where to read on.
insert into part_offset (part, epoch)
select part, 1 from unnest(%(parts)s::smallint[]) as part order by part
on conflict (part) do update set epoch = part_offset.epoch + 1
returning part, epoch, next_pos, halted, tolerate_until
