-- The register of procedures in force: the one adopted last, in any partition, as far as was known.
select r.digest
from part_rule p
join rule r on r.id = p.rule_id
where r.kind = 'procedures' and (%(known_at)s::timestamptz is null or p.known_at <= %(known_at)s)
order by p.known_at desc, p.pos desc, p.part
limit 1
