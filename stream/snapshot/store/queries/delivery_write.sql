-- A snapshot is to be sent to these receivers.
insert into snapshot.delivery (receiver, kind, period, version, digest, made_at, next_at)
select receiver, %(kind)s, %(period)s, %(version)s, %(digest)s, %(at)s, %(at)s
from unnest(%(receivers)s::text[]) as receiver
on conflict do nothing
