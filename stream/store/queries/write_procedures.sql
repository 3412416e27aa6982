-- Number new procedures; two workers that meet the same one get the same number.
insert into procedure (code)
select * from unnest(%(codes)s::text[]) order by 1
on conflict (code) do update set code = excluded.code
returning code, id
