-- How far each partition was applied (null: none was ever claimed), and what else a queue in memory hangs on: which schema
-- that was (a rebuild puts another in its place), how many adoptions there were, and the fields and procedures by name.
select p.part, p.next_pos, 'part_offset'::regclass::oid::bigint as schema, rules.n as rules, names.mark as names
from (select count(*) as n from part_rule) rules
cross join (
    select (select count(*) from procedure) || '/' || coalesce(sum(hashtext(code || '/' || coalesce(name, ''))), 0) as mark
    from field
) names
left join part_offset p on true
order by p.part
