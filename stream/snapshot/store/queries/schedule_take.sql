-- The next slot to look at that nobody holds. One whose turn lies further ahead than any wait was put there by a clock
-- that has been set back since.
select kind, period, version, due_at, origin, state, held_since, known_at, attempts, late
from snapshot.slot
where state <> 'sealed' and due_at <= %(now)s and (next_at <= %(now)s or next_at > %(beyond)s)
    and kind = any(%(kinds)s::text[]) and version between %(least)s and %(most)s
order by due_at, kind, period, version
limit 1
for update skip locked
