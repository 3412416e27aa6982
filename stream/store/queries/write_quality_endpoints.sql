-- The numbers of these endpoints, new ones numbered; each has the unit that its newest sample tells, and the higher code
-- where two samples of one moment differ. No number is drawn for one that is known: they would run out.
with told as (
    select code, unit, told_at
    from unnest(%(codes)s::text[], %(units)s::integer[], %(told)s::timestamptz[]) as each (code, unit, told_at)
),
added as (
    insert into quality_endpoint (code, unit, told_at)
    select code, unit, told_at from told
    where not exists (select from quality_endpoint as known where known.code = told.code)
    order by code
    returning code, id
),
moved as (
    update quality_endpoint as known set unit = told.unit, told_at = told.told_at
    from told
    where known.code = told.code and (told.told_at, told.unit) > (known.told_at, known.unit)
)
select code, id from added
union all
select known.code, known.id from quality_endpoint as known join told on told.code = known.code
