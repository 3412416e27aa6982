-- The first moment that each unit had anything posted for by what was known then, by measure; of what happened before
-- %(last)s only. Nearly always the first posting of each measure and unit: what comes late is rarely the first.
with recursive pair as (
    (select measure, unit from rollup_unit_day order by measure, unit limit 1)
    union all
    select leap.measure, leap.unit
    from pair
    cross join lateral (
        select r.measure, r.unit
        from rollup_unit_day r
        where (r.measure, r.unit) > (pair.measure, pair.unit)
        order by r.measure, r.unit
        limit 1
    ) leap
)
select pair.measure, pair.unit, first.at
from pair
cross join lateral (
    select l.at
    from ledger l
    where l.measure = pair.measure and l.unit = pair.unit and l.at < %(last)s and l.known_at <= %(known_at)s
    order by l.at
    limit 1
) first
