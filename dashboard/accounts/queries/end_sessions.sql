-- All sessions of an account end, except for the one that is `kept`.
update dashboard.session
set ended_at = %(at)s, ended_why = %(why)s
where account_id = %(account)s and ended_at is null and token_hash is distinct from %(kept)s;
