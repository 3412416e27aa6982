-- What became of a period's versions at their receivers; of a receipt how long it is.
select
  receiver, version, state, made_at, next_at, attempts, done_at, error, octet_length(receipt) as receipt_bytes
from snapshot.delivery
where kind = %(kind)s and period = %(period)s
order by version, receiver;
