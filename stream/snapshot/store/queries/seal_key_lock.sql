-- Keys are made, replaced and revoked one after another: held until the end of the transaction.
select pg_advisory_xact_lock(%(space)s, 0)
