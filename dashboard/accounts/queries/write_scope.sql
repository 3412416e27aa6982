-- The units and areas that an account sees, in the place of those before.
with gone as (
    delete from dashboard.account_scope
    where account_id = %(id)s and (code, on_day) not in (select * from unnest(%(codes)s::text[], %(days)s::date[]))
)
insert into dashboard.account_scope (account_id, code, on_day)
select %(id)s, given.code, given.on_day
from unnest(%(codes)s::text[], %(days)s::date[]) as given (code, on_day)
on conflict do nothing;
