-- Which rules the partitions go by, in order of position.
select p.part, p.pos, r.kind, r.version, r.digest, r.content
from part_rule p
join rule r on r.id = p.rule_id
order by p.part, p.pos
