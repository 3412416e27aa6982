-- What came of a source on a local day of the log, on top of what came before.
insert into source_day as known (source, day, applied, duplicates, quarantined, lateness)
values (%(source)s, %(day)s, %(applied)s, %(duplicates)s, %(quarantined)s, %(lateness)s::bigint[])
on conflict (source, day) do update set
    applied = known.applied + excluded.applied,
    duplicates = known.duplicates + excluded.duplicates,
    quarantined = known.quarantined + excluded.quarantined,
    lateness = (
        select array_agg(bin.before + bin.more order by bin.place)
        from unnest(known.lateness, excluded.lateness) with ordinality as bin (before, more, place)
    )
