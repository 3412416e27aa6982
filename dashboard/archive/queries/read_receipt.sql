-- What a receiver answered, byte for byte.
select receipt
from snapshot.delivery
where
  receiver = %(receiver)s and kind = %(kind)s and period = %(period)s and version = %(version)s
  and receipt is not null;
