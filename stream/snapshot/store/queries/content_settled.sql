-- Until when everything in the embedded log is applied: to the millisecond before the first record that is not, or to when
-- the heads were looked at. Null where no worker ever had a partition, and for a record that is not there.
select case when bool_and(part.until is not null) then min(part.until) end
from (
    select case
        when done.next_pos >= head.next then %(looked_at)s::timestamptz
        when done.next_pos is not null then entry.appended_at - interval '1 millisecond'
    end as until
    from unnest(%(parts)s::smallint[], %(ends)s::bigint[]) as head (part, next)
    left join part_offset done on done.part = head.part
    left join ingest.entry on entry.part = done.part and entry.pos = done.next_pos
) part
