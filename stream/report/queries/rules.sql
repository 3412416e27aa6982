-- The calendar and the register of procedures that were in force at a moment of knowledge, in one partition or another.
select distinct r.kind, r.version
from (
    select distinct on (p.part, r.kind) p.part, p.rule_id
    from part_rule p
    join rule r on r.id = p.rule_id
    where p.known_at <= %(known_at)s
    order by p.part, r.kind, p.pos desc
) newest
join rule r on r.id = newest.rule_id
order by r.kind, r.version
