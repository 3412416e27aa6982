-- How many records that were applied, or put into quarantine, came by a moment and stand behind a cut.
select count(*)
from unnest(%(parts)s::smallint[], %(positions)s::bigint[]) as cut (part, pos)
join (
    select part, pos, appended_at from event where appended_at <= %(known_at)s
    union all
    select part, pos, appended_at from quarantine where appended_at <= %(known_at)s
) known on known.part = cut.part and known.pos >= cut.pos
