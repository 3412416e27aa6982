-- Slots that are due and not sealed: what they wait for.
select kind, period, version, due_at, state, attempts, late, error
from snapshot.slot
where state <> 'sealed' and due_at <= %(now)s
order by due_at, kind, period, version
