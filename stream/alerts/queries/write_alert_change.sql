-- An alert as it stands now; what the rule says of it stays where the rule is gone.
update alert
set phase = %(phase)s, level = %(level)s, seen_at = %(seen_at)s, worked = %(worked)s, opened_at = %(opened_at)s,
    closed_at = %(closed_at)s, well_since = %(well_since)s, value = %(value)s, worst = %(worst)s, cases = %(cases)s,
    number = %(number)s, held = %(held)s, told = %(told)s, silenced = %(silenced)s, ended_as = %(ended_as)s,
    facts = coalesce(%(facts)s, facts)
where id = %(id)s
returning id
