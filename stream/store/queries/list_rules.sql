-- Every rule each time it came into force, with where each partition met it, in the order they became known.
with met as (
    select rule_id, part, pos, known_at, row_number() over (partition by rule_id, part order by pos) as time from part_rule
)
select rule.kind, rule.version, rule.digest, rule.content, min(met.known_at) as first_known,
       array_agg(met.part order by met.part) as parts,
       array_agg(met.pos order by met.part) as positions,
       array_agg(met.known_at order by met.part) as moments
  from met
  join rule on rule.id = met.rule_id
 group by rule.id, met.time
 order by first_known, rule.id, met.time
