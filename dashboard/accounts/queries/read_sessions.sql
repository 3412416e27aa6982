-- Every session that holds, with who it is.
select
    session.token_hash, session.id, session.until, session.seen_at, account.must_change,
    account.id as account, account.login, account.name, account.role, account.everywhere,
    coalesce(scope.codes, '{}') as codes, coalesce(scope.days, '{}') as days
from dashboard.session
join dashboard.account on account.id = session.account_id
left join (
    select account_id, array_agg(code order by code, on_day) as codes, array_agg(on_day order by code, on_day) as days
    from dashboard.account_scope
    group by account_id
) as scope on scope.account_id = account.id
where session.ended_at is null and session.until > %(at)s and session.seen_at > %(at)s - %(idle)s
    and account.disabled_at is null;
