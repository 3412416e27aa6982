-- Whether somebody's lock-out is on record since it began.
select exists(
    select 1 from dashboard.audit where at >= %(since)s and who = %(who)s and what = 'sign_in.locked'
);
