-- The account of an identity at a provider: the one that it was seen with, else the one that was prepared for it.
select id, login, disabled_at is not null, oidc_subject is null
from dashboard.account
where (oidc_issuer = %(issuer)s and oidc_subject = %(subject)s)
    or (oidc_subject is null and oidc_claim = %(claim)s)
order by oidc_subject is null
limit 1;
