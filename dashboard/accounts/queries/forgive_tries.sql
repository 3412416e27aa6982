-- Nothing is held against it any more.
delete from dashboard.throttle where bucket = %(bucket)s;
