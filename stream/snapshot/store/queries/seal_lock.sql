-- Seals of a kind are made one after another: held until the end of the transaction.
select pg_advisory_xact_lock(%(space)s, hashtext(%(kind)s))
