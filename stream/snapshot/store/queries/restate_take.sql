-- The newest sealed version of a period that is compared next with what is known now: of a schedule that restates, its first
-- slot not long over, itself not of a moment ago, no later version asked for, and not looked at for a while. The one that
-- waited longest comes first; those that were tried in vain are left out, and those that another scheduler is looking at.
select s.kind, s.period, s.version, s.digest, s.as_of, greatest(s.known_at, s.compared_at) as looked
from unnest(%(kinds)s::text[], %(since)s::timestamptz[], %(newest)s::timestamptz[]) as schedule (kind, since, newest)
join snapshot.slot first on first.kind = schedule.kind and first.version = 1 and first.due_at >= schedule.since
join snapshot.sealed s on s.kind = first.kind and s.period = first.period
where s.known_at <= schedule.newest and greatest(s.known_at, s.compared_at) < %(before)s
    and not exists (
        select from snapshot.slot later
        where later.kind = s.kind and later.period = s.period and later.version > s.version
    )
    and (s.kind, s.period) not in (select * from unnest(%(tried_kinds)s::text[], %(tried_periods)s::text[]))
order by looked, s.kind, s.period
limit 1
for no key update of s skip locked
