-- What the history is drawn up in, gone with the connection; and the same draw every time.
create temporary table working_day (number integer primary key, day date not null);
create temporary table application (
    id             bigint primary key,
    unit           integer not null,
    procedure      integer not null,
    field          integer not null,
    level          smallint not null,
    channel        smallint not null,
    traits         smallint not null,    -- of its receipt (stream.core.ledger.OfReceipt)
    received       timestamptz not null,
    received_known timestamptz not null,
    near           timestamptz not null, -- due soon from here on
    due            timestamptz not null,
    over           timestamptz not null, -- overdue from here on: the local midnight after `due`
    ended          timestamptz,          -- null: still open
    ended_known    timestamptz,
    outcome        smallint not null,
    end_traits     smallint not null     -- of its end (stream.core.ledger.OfEnd)
);
set synchronous_commit to off;
set work_mem to '512MB';
set maintenance_work_mem to '1GB';
select setseed(0.14);
