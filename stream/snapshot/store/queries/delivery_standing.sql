-- How the deliveries to each receiver stand.
select receiver,
    count(*) filter (where state = 'waiting') as waiting,
    count(*) filter (where state = 'waiting' and error is not null) as failing,
    count(*) filter (where state = 'given_up') as given_up,
    count(*) filter (where state = 'delivered') as delivered,
    min(made_at) filter (where state = 'waiting') as oldest_at,
    (array_agg(error order by made_at) filter (where state = 'waiting' and error is not null))[1] as error,
    max(done_at) filter (where state = 'delivered') as delivered_at
from snapshot.delivery
group by receiver
order by receiver
