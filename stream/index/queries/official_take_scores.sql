-- Add official scores; those that are known already, from whatever file, are left as they are.
insert into ingest.official_score (place, first_day, last_day, item, points, source, published_on, file)
select s.place, s.first_day, s.last_day, s.item, s.points, s.source, s.published_on, %(digest)s
from unnest(%(places)s::text[], %(firsts)s::date[], %(lasts)s::date[], %(items)s::text[], %(points)s::numeric[],
            %(sources)s::text[], %(published)s::date[])
    with ordinality as s (place, first_day, last_day, item, points, source, published_on, number)
order by s.number
on conflict do nothing
returning id
