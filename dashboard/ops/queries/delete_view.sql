-- Forget a view; that of somebody else is none.
delete from dashboard.saved_view
where id = %(id)s and account_id = %(account)s
returning id;
