-- What lay in quarantine by a moment, by reason, and how much of it nobody had sent again by then: the place in the log as
-- which a record was sent again (part:position) lies before the cut, or it does not. What a reason quotes of a record is
-- left out: it tells apart what is one fault, and may be anybody's data.
with aside as (
    select regexp_replace(q.reason, '''[^'']*''|"[^"]*"|[0-9]+', '…', 'g') as reason,
        split_part(q.replayed_as, ':', 1)::smallint as part, split_part(q.replayed_as, ':', 2)::bigint as pos
    from quarantine q
    where q.appended_at <= %(known_at)s
)
select aside.reason, count(*), count(*) filter (where cut.pos is null or aside.pos >= cut.pos)
from aside
left join unnest(%(parts)s::smallint[], %(positions)s::bigint[]) as cut (part, pos) on cut.part = aside.part
group by aside.reason
order by aside.reason collate "C"
