-- Samples as a hypertable, where TimescaleDB is: 1,000 a second are 86 million rows a day. A chunk a day fits in memory
-- while it is written, and is let go whole when its time has come. Sums by minute and hour stay.
select create_hypertable('quality_sample', by_range('at', interval '1 day'),
    create_default_indexes => false, migrate_data => true);
alter table quality_sample set (
    timescaledb.enable_columnstore,
    timescaledb.segmentby = 'endpoint',
    timescaledb.orderby = 'at'
);
-- Two days after: what comes later still finds whether it was told before, it only takes longer.
call add_columnstore_policy('quality_sample', after => interval '2 days');
-- What is older than 80 days when it comes is refused (stream/apply/telemetry.py): whether it was told before could not
-- be said for long.
select add_retention_policy('quality_sample', drop_after => interval '90 days');
