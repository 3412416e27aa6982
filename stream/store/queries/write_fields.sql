-- Number new fields; two workers that meet the same one get the same number.
insert into field (code, name)
select * from unnest(%(codes)s::text[], %(names)s::text[]) order by 1
on conflict (code) do update set name = coalesce(excluded.name, field.name)
returning code, id
