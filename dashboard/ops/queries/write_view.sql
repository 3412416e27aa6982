-- Save a view, in the place of one of that name; nothing is written where a person has as many as one may have.
insert into dashboard.saved_view (account_id, name, query, first, saved_at)
select %(account)s, %(name)s, %(query)s, %(first)s, %(at)s
where (
    select count(*) < %(most)s from dashboard.saved_view
    where account_id = %(account)s and lower(name) <> lower(%(name)s)
)
on conflict (account_id, lower(name)) do update
set name = excluded.name, query = excluded.query, first = excluded.first, saved_at = excluded.saved_at
returning id;
