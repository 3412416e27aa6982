-- How many transactions this database has seen, ours with them.
select pg_stat_clear_snapshot()::text, xact_commit + xact_rollback
from pg_stat_database
where datname = current_database()
