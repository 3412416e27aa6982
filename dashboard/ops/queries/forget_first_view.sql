-- Another view becomes the first of a person.
update dashboard.saved_view
set first = false
where account_id = %(account)s and first;
