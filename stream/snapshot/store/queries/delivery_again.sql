-- What was given up is to be sent again.
update snapshot.delivery
set state = 'waiting', done_at = null, attempts = 0, next_at = %(at)s
where state = 'given_up'
    and (%(receiver)s::text is null or receiver = %(receiver)s)
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(period)s::text is null or period = %(period)s)
    and (%(version)s::integer is null or version = %(version)s)
