-- From when on, and until when, the history speaks: ends of applications in the window, no more than the newest `most`. A
-- mistyped date does not begin it: one in a thousand is passed over.
select percentile_disc(0.001) within group (order by newest.ended_at) as since,
    (select max(c.last_at) from cases c where c.kind = 1 and c.last_at <= %(now)s) as until
from (
    select c.ended_at
    from cases c
    where c.kind = 1 and c.ended_at > %(earliest)s and c.ended_at <= %(now)s
    order by c.ended_at desc
    limit %(most)s
) newest
