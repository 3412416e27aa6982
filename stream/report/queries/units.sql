-- The units that the ledger knows of, each with the first local day of which it has anything, found by leaping through
-- the primary key.
with recursive pair as (
    (select measure, unit, day from rollup_unit_day order by measure, unit, day limit 1)
    union all
    select leap.measure, leap.unit, leap.day
    from pair
    cross join lateral (
        select r.measure, r.unit, r.day
        from rollup_unit_day r
        where (r.measure, r.unit) > (pair.measure, pair.unit)
        order by r.measure, r.unit, r.day
        limit 1
    ) leap
)
select unit, min(day) as heard
from pair
group by unit
order by unit
