-- Up to when the worker that has a partition had applied what was in the log: told every few seconds, whether or not
-- anything came, so that silence of the log and absence of the worker can be told apart. Null: no worker told yet.
alter table part_offset add column reached_at timestamptz;

-- A worker that does not come back after the update is away from now on.
update part_offset set reached_at = clock_timestamp();
