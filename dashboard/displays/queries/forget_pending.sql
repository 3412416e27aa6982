-- Displays whose code has run out, and beyond the newest that are let wait, the oldest.
delete from dashboard.display
where state = 'pending' and (
    code_until <= %(at)s
    or id in (
        select id from dashboard.display where state = 'pending' order by code_until desc, id desc offset %(keep)s
    )
);
