-- Whose views are about to change: two pages of one person take turns, so that neither the limit nor the first is missed.
select id from dashboard.account where id = %(account)s for no key update;
