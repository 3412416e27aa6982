-- Take what is to be sent by a channel now: nobody else takes it before `leased_until`, at which it is tried again unless
-- it was marked. What another one is taking at this moment is left to it.
with due as (
    select happening_id, channel
    from alert_delivery
    where state = 'waiting' and channel = %(channel)s and next_at <= %(at)s
    order by next_at, happening_id
    limit %(most)s
    for update skip locked
),
taken as (
    update alert_delivery d
    set attempts = d.attempts + 1, next_at = %(leased_until)s
    from due
    where d.happening_id = due.happening_id and d.channel = due.channel
    returning d.happening_id, d.attempts, d.made_at
)
select t.happening_id, t.attempts, t.made_at, h.kind, h.at, h.value, h.number, a.id, a.rule, a.subject, a.level,
    a.began_at, a.opened_at, a.closed_at, a.ended_as, a.cases, a.facts
from taken t
join alert_happening h on h.id = t.happening_id
join alert a on a.id = h.alert_id
order by t.happening_id
