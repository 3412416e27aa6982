-- What each application posts (see stream.core.entries): when it is received, its level and the steps its clock will
-- take; when it is settled, the end of the level, and back what no longer comes true. In the order of arrival.
insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n, level, traits, procedure)
select a.id, p.at, p.known_at, a.id, a.id % 8, p.measure, a.unit, a.field, a.channel, p.n, a.level,
    case p.measure when 1 then a.traits when 2 then a.end_traits when 3 then a.end_traits when 4 then a.end_traits else 0 end,
    case p.measure when 1 then a.procedure else 0 end
from application a
cross join lateral (
    values
        (1, a.received, a.received_known, 1),
        (10, a.received, a.received_known, 1),
        (14, a.near, a.received_known, 1),
        (15, a.over, a.received_known, 1),
        (12, a.over, a.received_known, 1),
        (a.outcome, a.ended, a.ended_known, 1),
        (11, a.ended, a.ended_known, 1),
        (14, a.near, a.ended_known, case when a.ended <= a.near then -1 end),
        (15, a.over, a.ended_known, case when a.ended < a.over then -1 end),
        (15, a.ended, a.ended_known, case when a.ended > a.near and a.ended < a.over then 1 end),
        (12, a.over, a.ended_known, case when a.ended < a.over then -1 end),
        (13, a.ended, a.ended_known, case when a.ended > a.over then 1 end)
) as p (measure, at, known_at, n)
where p.n is not null and p.known_at is not null
order by p.known_at
