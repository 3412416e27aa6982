update dashboard.display
set seen_at = %(at)s
where id = %(id)s;
