-- How far each partition was applied, and what else a queue in memory hangs on: which schema that was (a rebuild puts
-- another in its place), how many adoptions there were, and the fields and procedures by name.
select p.part, p.next_pos, 'part_offset'::regclass::oid::bigint as schema, rules.n as rules, names.mark as names
from part_offset p
cross join (select count(*) as n from part_rule) rules
cross join (
    select (select count(*) from procedure) || '/' || coalesce(sum(hashtext(code || '/' || coalesce(name, ''))), 0) as mark
    from field
) names
order by p.part
