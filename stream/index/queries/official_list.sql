-- Every official score that was ever taken in, with its file, and whether it still holds.
select o.place, o.first_day, o.last_day, o.item, o.points::float8, o.source, o.published_on, o.taken_at, f.name,
    row_number() over (partition by o.place, o.first_day, o.last_day, o.item order by o.published_on desc, o.id desc) = 1
        as holds
from ingest.official_score o
join ingest.official_file f on f.digest = o.file
order by o.first_day desc, o.last_day desc, o.place, o.item, o.published_on desc, o.id desc
