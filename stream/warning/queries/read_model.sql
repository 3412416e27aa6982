-- What was last learnt.
select learnt_at, cases, late, since, until, version, calibration_error, enough, facts
from warning_model
order by learnt_at desc
limit 1
