-- From now on the account is known by issuer and subject.
update dashboard.account
set oidc_issuer = %(issuer)s, oidc_subject = %(subject)s, oidc_claim = null
where id = %(id)s and oidc_subject is null and oidc_claim = %(claim)s
returning id;
