-- What lies so long ago is held against nobody.
delete from dashboard.throttle where tried_at < %(before)s and until < %(before)s;
