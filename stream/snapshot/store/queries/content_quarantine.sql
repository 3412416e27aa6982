-- What lay in quarantine by a moment, by reason, and how much of it nobody had sent again by then: the place in the log as
-- which a record was sent again (part:position) lies before the cut, or it does not.
select q.reason, count(*), count(*) filter (where cut.pos is null or split_part(q.replayed_as, ':', 2)::bigint >= cut.pos)
from quarantine q
left join unnest(%(parts)s::smallint[], %(positions)s::bigint[]) as cut (part, pos)
    on cut.part = split_part(q.replayed_as, ':', 1)::smallint
where q.appended_at <= %(known_at)s
group by q.reason
order by q.reason collate "C"
