-- The meetings of which anything was ever posted for a day: planned on it (70), or begun since %(begun)s (80: what began
-- the evening before may be on still). What was planned anew or taken back is among them: the records say what holds.
-- The partition is part of the number of a case: grouped by the number alone, the hashes of all partitions collide.
select c.id, c.code, c.kind, c.timeline
from (
    select case_id
    from ledger
    where (measure = 70 and at >= %(since)s or measure = 80 and at >= %(begun)s) and at < %(until)s
    group by part, case_id
) posted
join cases c on c.id = posted.case_id
order by c.code
