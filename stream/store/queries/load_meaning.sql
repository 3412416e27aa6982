-- By which meaning of an event this ledger is posted.
select version from meaning
