-- The agencies of a source, in place of those it had.
with wanted as (
    select *
      from unnest(%(agencies)s::text[], %(units)s::text[], %(levels)s::smallint[]) as wanted (agency, unit, level)
), gone as (
    delete from source_agency
     where source = %(id)s and agency not in (select agency from wanted)
)
insert into source_agency (source, agency, unit, level)
select %(id)s, agency, unit, level from wanted
on conflict (source, agency) do update set unit = excluded.unit, level = excluded.level;
