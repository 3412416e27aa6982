-- What waits for its next try is due now.
update snapshot.delivery
set next_at = %(at)s
where state = 'waiting' and not is_taken and next_at > %(at)s
    and (%(receiver)s::text is null or receiver = %(receiver)s)
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(period)s::text is null or period = %(period)s)
    and (%(version)s::integer is null or version = %(version)s)
