-- And what they were learnt from.
insert into warning_model (learnt_at, cases, late, since, until, version, calibration_error, enough, facts)
select learnt_at, cases, late, since, until, version, calibration_error, enough, facts from stream.warning_model
