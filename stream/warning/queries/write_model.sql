-- What was learnt.
insert into warning_model (learnt_at, cases, late, since, until, version, calibration_error, enough, facts)
values (%(learnt_at)s, %(cases)s, %(late)s, %(since)s, %(until)s, %(version)s, %(calibration_error)s, %(enough)s, %(facts)s)
