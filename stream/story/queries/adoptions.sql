-- Which rules the partitions went by as known at a moment, in order of position.
select p.part, p.pos, p.known_at, r.kind, r.version, r.digest, r.content
from part_rule p
join rule r on r.id = p.rule_id
where p.known_at <= %(known_at)s
order by p.part, p.pos
