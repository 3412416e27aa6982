-- How it stands with a bucket from now on.
update dashboard.throttle
set tries = %(tries)s, until = %(until)s, tried_at = %(at)s
where bucket = %(bucket)s;
