-- What became of the records of each source: since ever, on the local day %(today)s, and how late the applied ones of
-- the days after %(before)s were.
with late as (
    select by_bin.source, array_agg(by_bin.n order by by_bin.place) as lateness
    from (
        select each.source, bin.place, sum(bin.n)::bigint as n
        from source_day as each, unnest(each.lateness) with ordinality as bin (n, place)
        where each.day > %(before)s
        group by each.source, bin.place
    ) as by_bin
    group by by_bin.source
)
select source,
    sum(applied)::bigint, sum(duplicates)::bigint, sum(quarantined)::bigint,
    coalesce(sum(applied) filter (where day = %(today)s), 0)::bigint,
    coalesce(sum(duplicates) filter (where day = %(today)s), 0)::bigint,
    coalesce(sum(quarantined) filter (where day = %(today)s), 0)::bigint,
    late.lateness
from source_day
left join late using (source)
group by source, late.lateness
order by source
