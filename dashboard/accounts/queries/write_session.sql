-- A session begins, of an account that is not disabled in this moment.
with person as (
    update dashboard.account set signed_in_at = %(at)s
    where id = %(account)s and disabled_at is null
    returning id
)
insert into dashboard.session (token_hash, account_id, method, began_at, until, seen_at)
select %(token_hash)s, person.id, %(method)s, %(at)s, %(until)s, %(at)s
from person
returning id;
