-- The same minutes from the samples themselves: what a picture would cost if nobody kept the sums.
select endpoint, date_trunc('minute', at), avg(mos), max(loss), max(jitter), max(rtt)
from quality_sample
where at >= %(since)s and at < %(until)s
group by endpoint, date_trunc('minute', at)
