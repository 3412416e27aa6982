-- Sessions that have been over for long.
delete from dashboard.session where until < %(before)s;
