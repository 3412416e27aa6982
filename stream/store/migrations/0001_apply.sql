-- What one apply transaction writes: offsets, events, cases, the ledger and its roll-ups, quarantine.

-- How far each partition of the event log has been applied. `epoch` rises with every assignment, so that
-- a worker which lost the partition can't write any more. Positions in the log are dense: every record
-- between first_pos and next_pos was applied, was a duplicate, or lies in quarantine. `halted` says why a
-- partition is read no more; poison before `tolerate_until` was accepted by an operator.
create table part_offset (
    part        smallint primary key,
    epoch       bigint not null default 0,
    first_pos   bigint not null default 0,
    next_pos    bigint not null default 0,
    applied     bigint not null default 0,
    duplicates  bigint not null default 0,
    quarantined bigint not null default 0,
    halted      text,
    tolerate_until bigint not null default 0,
    constraint received_is_applied_duplicate_or_quarantined
        check (next_pos - first_pos = applied + duplicates + quarantined)
);

-- Every applied event with its bytes, by its place in the log. `at` is when it happened. The events of a case are
-- found by the positions in its timeline: an index by case would cost more than all other keys here.
create table event (
    part        smallint not null,
    pos         bigint not null,
    appended_at timestamptz not null,
    case_id     bigint,
    eid         bigint not null,
    at          timestamptz not null,
    body        bytea not null,
    primary key (part, pos, appended_at)
);

-- Fields (lĩnh vực) as they first appeared.
create table field (
    id   integer generated always as identity primary key,
    code text not null unique,
    name text
);

-- The newest state of each case, and its whole timeline as compact records.
-- `id` is the place of its first event in the log: part * 2^44 + pos.
create table cases (
    id          bigint primary key,
    code        text not null unique,
    unit        integer not null,
    field       integer not null,
    channel     smallint not null,
    status      smallint not null,
    procedure   text,
    received_at timestamptz,
    due_at      timestamptz,
    ended_at    timestamptz,
    returned_at timestamptz,
    is_open     boolean not null,
    last_at     timestamptz not null,
    timeline    bytea not null
) with (fillfactor = 70);
create index cases_open_by_due on cases (unit, due_at) where is_open;
create index cases_ended on cases (unit, ended_at) where ended_at is not null;

-- Append-only: +1 for each entry a case gained and -1 for each it lost, event by event.
-- `at` is the effective moment; (part, pos) and known_at say when it became known.
create table ledger (
    case_id  bigint not null,
    at       timestamptz not null,
    known_at timestamptz not null,
    pos      bigint not null,
    part     smallint not null,
    measure  smallint not null,
    unit     integer not null,
    field    integer not null,
    channel  smallint not null,
    n        smallint not null
);
create index ledger_by_measure on ledger (measure, unit, at);
create index ledger_by_known on ledger using brin (known_at);

-- Sums of the ledger by local day and by month (the month's first day), in detail and by unit.
create table rollup_day (
    measure smallint not null, unit integer not null, day date not null,
    field integer not null, channel smallint not null, n bigint not null,
    primary key (measure, unit, day, field, channel)
) with (fillfactor = 80);
create table rollup_month (
    measure smallint not null, unit integer not null, day date not null,
    field integer not null, channel smallint not null, n bigint not null,
    primary key (measure, unit, day, field, channel)
) with (fillfactor = 80);
create table rollup_unit_day (
    measure smallint not null, unit integer not null, day date not null, n bigint not null,
    primary key (measure, unit, day)
) with (fillfactor = 80);
create table rollup_unit_month (
    measure smallint not null, unit integer not null, day date not null, n bigint not null,
    primary key (measure, unit, day)
) with (fillfactor = 80);

-- What could not be applied: its bytes with personal fields masked, why, and where in it.
create table quarantine (
    part        smallint not null,
    pos         bigint not null,
    appended_at timestamptz not null,
    key         text not null,
    reason      text not null,
    place       text,
    body        bytea not null,
    replayed_as text,
    primary key (part, pos)
);

-- The last sign of life of each source.
create table source_state (
    source         text primary key,
    last_event_at  timestamptz,
    last_known_at  timestamptz,
    heartbeat_at   timestamptz,
    complete_until timestamptz
);
