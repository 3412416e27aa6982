-- Whether anything became known between two moments that happened by a third: by the index of what came late, and by the
-- few that happened no longer than a day before they became known.
select exists (
    select from ledger l
    where l.known_at > %(known_from)s and l.known_at <= %(known_to)s and l.known_at - l.at > interval '1 day'
        and l.at < %(until)s
) or exists (
    select
    from unnest(%(measures)s::smallint[]) as m (measure)
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select from ledger each
        where each.measure = m.measure and each.unit = u.unit
            and each.at >= %(known_from)s::timestamptz - interval '1 day' and each.at < %(until)s
            and each.known_at > %(known_from)s and each.known_at <= %(known_to)s
        limit 1
    ) l
    where %(known_from)s::timestamptz - interval '1 day' < %(until)s
)
