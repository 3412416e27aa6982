-- How many records that were applied, or put into quarantine, came by a moment and stand behind a cut. Looks at nothing
-- that stands before it.
select coalesce(sum(
    (select count(*) from event e where e.part = cut.part and e.pos >= cut.pos and e.appended_at <= %(known_at)s)
    + (select count(*) from quarantine q where q.part = cut.part and q.pos >= cut.pos and q.appended_at <= %(known_at)s)
), 0)::bigint
from unnest(%(parts)s::smallint[], %(positions)s::bigint[]) as cut (part, pos)
