-- The newest calendar that came into force by %(known_at)s (null: ever), as its event brought it.
with met as (
    select rule_id, part, known_at, row_number() over (partition by rule_id, part order by pos) as time
      from part_rule
     where %(known_at)s::timestamptz is null or known_at <= %(known_at)s
)
select rule.content
  from met
  join rule on rule.id = met.rule_id
 where rule.kind = 'calendar'
 group by rule.id, met.time
 order by min(met.known_at) desc, rule.id desc, met.time desc
 limit 1
