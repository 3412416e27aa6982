-- The official scores of a period that hold: of each place and item the one that was published last (taken in last, of
-- several of one day), among those known at a moment.
select distinct on (o.place, o.item) o.place, o.first_day, o.last_day, o.item, o.points::float8, o.source, o.published_on
from ingest.official_score o
where o.first_day = %(first)s and o.last_day = %(last)s
    and (%(known_at)s::timestamptz is null or o.taken_at <= %(known_at)s)
order by o.place, o.item, o.published_on desc, o.id desc
