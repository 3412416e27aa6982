-- A new alert; answers its number.
insert into alert (rule, subject, phase, level, began_at, seen_at, worked, opened_at, closed_at, well_since, value, worst,
    cases, number, held, told, silenced, ended_as, facts)
values (%(rule)s, %(subject)s, %(phase)s, %(level)s, %(began_at)s, %(seen_at)s, %(worked)s, %(opened_at)s, %(closed_at)s,
    %(well_since)s, %(value)s, %(worst)s, %(cases)s, %(number)s, %(held)s, %(told)s, %(silenced)s, %(ended_as)s,
    %(facts)s)
returning id
