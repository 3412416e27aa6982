-- The embedded event log. A partition's head row is locked while its entries are appended: positions are
-- dense, what can be read was committed in order, and a partition's clock never runs backwards.
create table head (
    part        smallint primary key,
    next_pos    bigint not null default 0,
    appended_at timestamptz not null default '-infinity'
) with (fillfactor = 20);  -- updated at every append: room to do it within the page

create table entry (
    part        smallint not null,
    pos         bigint not null,
    key         text not null,
    body        bytea not null,
    appended_at timestamptz not null,
    primary key (part, pos)
);

-- Who may send: a source, which agency codes are which units, and its tokens (as SHA-256 only).
create table source (
    id         text primary key,
    kind       text not null,
    added_at   timestamptz not null default now()
);

create table source_agency (
    source text not null references source on delete cascade,
    agency text not null,
    unit   text not null,
    primary key (source, agency)
);

create table source_token (
    digest     bytea primary key,
    source     text not null references source on delete cascade,
    added_at   timestamptz not null default now(),
    revoked_at timestamptz
);
