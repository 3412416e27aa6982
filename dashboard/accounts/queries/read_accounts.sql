-- Accounts with their scope and their open sessions, or the one of a login.
select
    account.id, account.login, account.name, account.role, account.everywhere,
    coalesce(scope.codes, '{}') as codes, coalesce(scope.days, '{}') as days,
    account.password_hash is not null as has_password, account.must_change,
    account.oidc_subject is not null as has_oidc, account.oidc_claim,
    account.created_at, account.created_by, account.disabled_at, account.signed_in_at,
    coalesce(open.sessions, 0) as sessions
from dashboard.account
left join (
    select account_id, array_agg(code order by code, on_day) as codes, array_agg(on_day order by code, on_day) as days
    from dashboard.account_scope
    group by account_id
) as scope on scope.account_id = account.id
left join (
    select account_id, count(*)::integer as sessions
    from dashboard.session
    where ended_at is null and until > %(at)s and seen_at > %(at)s - %(idle)s
    group by account_id
) as open on open.account_id = account.id
where %(login)s::text is null or account.login = %(login)s
order by account.login;
