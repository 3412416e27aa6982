-- The event table and the ledger as hypertables with columnstore, where TimescaleDB is. Nothing is ever dropped:
-- a rebuild reads every event, and every figure has to be provable, so there is no retention here.

-- Events by the moment the log took them. A chunk a month: at 200 events a second (500 million a month) one is
-- about as large as the memory of the machine that such a load asks for; at a district's 5,000 a day, 12 chunks
-- a year cost the planner nothing. `read_cut` and `read_latest` look for the newest positions, which lie in the
-- last chunk, and are found in the compressed ones by the bounds of each batch.
select create_hypertable('event', by_range('appended_at', interval '1 month'),
    create_default_indexes => false, migrate_data => true);
alter table event set (
    timescaledb.enable_columnstore,
    timescaledb.segmentby = 'part',
    timescaledb.orderby = 'pos desc'
);
-- A month and a half after its last event: a worker that lags, and the usual look into a case, find rows.
call add_columnstore_policy('event', after => interval '45 days');

-- The ledger by the effective moment. It may lie weeks ahead (an open application posts the day it falls due), so
-- chunks of the future exist before their time; and corrections reach back, so compressed chunks take
-- inserts. A chunk a quarter: every reading of a level plans over all chunks, 40 in ten years; a quarter of ten
-- million applications a year is 16 million rows, 2 GB with its index.
select create_hypertable('ledger', by_range('at', interval '3 months'),
    create_default_indexes => false, migrate_data => true);
-- Batches hold one measure of one unit in order of time, as windows read them. The bounds of `known_at` in each
-- batch stand in for the BRIN index, which the columnstore has not: "as known at" asks for the newest postings.
alter table ledger set (
    timescaledb.enable_columnstore,
    timescaledb.segmentby = 'measure,unit',
    timescaledb.orderby = 'at,pos',
    timescaledb.sparse_index = 'minmax(known_at)'
);
-- Four months after the end of the quarter nearly all corrections have come.
call add_columnstore_policy('ledger', after => interval '4 months');
