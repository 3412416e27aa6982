-- Changes an account: what is null stays as it was.
update dashboard.account
set name = coalesce(%(name)s, name), role = coalesce(%(role)s, role), everywhere = coalesce(%(everywhere)s, everywhere),
    oidc_claim = coalesce(%(oidc_claim)s, oidc_claim),
    oidc_issuer = case when %(oidc_claim)s::text is null then oidc_issuer end,
    oidc_subject = case when %(oidc_claim)s::text is null then oidc_subject end,
    disabled_at = case
        when %(disabled)s::boolean is null then disabled_at
        when %(disabled)s then coalesce(disabled_at, %(at)s)
    end
where login = %(login)s
returning id;
