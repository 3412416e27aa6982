-- The minutes of one endpoint on a local day.
select date_part('epoch', m.minute - %(since)s)::integer / 60, m.samples,
    m.mos_sum / nullif(m.mos_samples, 0), m.mos_least, m.loss_sum / nullif(m.loss_samples, 0), m.loss_most,
    m.jitter_most, m.rtt_most
from quality_minute as m
join quality_endpoint as e on e.id = m.endpoint
where e.code = %(code)s and m.minute >= %(since)s and m.minute < %(until)s
order by 1
