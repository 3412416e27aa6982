-- This one is delivered: the receipt of who answered first is kept.
update snapshot.delivery
set state = 'delivered', is_taken = false, done_at = %(at)s, error = null, receipt = %(receipt)s,
    receipt_signature = %(signature)s
where receiver = %(receiver)s and kind = %(kind)s and period = %(period)s and version = %(version)s
    and state <> 'delivered'
