-- The meetings of which it was ever posted that they are planned (70) for %(until)s or later, the first of them. What was
-- called off or put on another day is among them: the records say what holds.
select c.id, c.code, c.kind, c.timeline
from (
    select case_id, part, min(at) as at
    from ledger
    where measure = 70 and at >= %(until)s
    group by part, case_id
    order by min(at)
    limit %(most)s
) posted
join cases c on c.id = posted.case_id
order by posted.at, c.code
