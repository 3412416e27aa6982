-- A new account; nothing where the login is taken.
insert into dashboard.account (
    login, name, role, everywhere, password_hash, password_at, must_change, oidc_claim, created_at, created_by
)
values (
    %(login)s, %(name)s, %(role)s, %(everywhere)s, %(password_hash)s,
    case when %(password_hash)s::text is null then null else %(at)s::timestamptz end,
    %(must_change)s, %(oidc_claim)s, %(at)s, %(by)s
)
on conflict do nothing
returning id;
