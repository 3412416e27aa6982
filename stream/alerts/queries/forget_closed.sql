-- Closed alerts are kept for so long; what became of them and its deliveries go with them.
delete from alert where phase = 'closed' and closed_at < %(before)s
