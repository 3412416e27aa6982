-- The agencies of a source, in place of those it had.
with wanted as (
    select * from unnest(%(agencies)s::text[], %(units)s::text[]) as wanted (agency, unit)
), gone as (
    delete from source_agency
     where source = %(id)s and agency not in (select agency from wanted)
)
insert into source_agency (source, agency, unit)
select %(id)s, agency, unit from wanted
on conflict (source, agency) do update set unit = excluded.unit;
