-- How each channel does: what waits, what could not be sent at first, what was given up lately, and the last that was sent.
select channel, count(*) filter (where state = 'waiting') as waiting,
    count(*) filter (where state = 'waiting' and error is not null) as failing,
    count(*) filter (where state = 'given_up' and done_at >= %(since)s) as given_up,
    max(done_at) filter (where state = 'sent') as sent_at,
    (array_agg(error order by next_at desc) filter (where state = 'waiting' and error is not null))[1] as error
from alert_delivery
where state = 'waiting' or done_at >= %(since)s
group by channel
order by channel
