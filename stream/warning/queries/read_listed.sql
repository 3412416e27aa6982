-- The likeliest to be late, with their codes; cases that have ended since, or are overdue already, are left out: by the day
-- that began at `midnight` too, since between midnight and the first working hour nothing is reckoned anew.
select c.code, w.chance, w.facts, w.learnt_at, w.scored_at
from warning w
join cases c on c.id = w.case_id
where c.is_open and (c.due_at >= %(midnight)s) is not false and w.facts ->> 'level' <> 'overdue' and w.chance >= %(least)s
order by w.chance desc, c.due_at, c.code
limit %(limit)s
