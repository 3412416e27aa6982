-- Slots, what was sealed for them, and what became of it at its receivers. Never deleted: it is what was said.

-- One snapshot that has to be made. `kind` is the id of a schedule, `period` the name of a period, version 1 the first that
-- is sent of it. Who makes one holds its row locked (for update skip locked) until it is sealed: a scheduler that is
-- killed lets it go. `next_at` is when to look at it (again); `known_at` is set once it is decided, so that a second try says
-- the same. `late` are reasons why it was not made when it was due, as they were found.
create table slot (
    kind      text not null,
    period    text not null,
    version   integer not null check (version >= 1),
    due_at    timestamptz not null,
    made_at   timestamptz not null,
    origin    text not null check (origin in ('schedule', 'late_events', 'by_hand')),
    asked_by  text,
    state     text not null default 'waiting' check (state in ('waiting', 'held', 'sealed')),
    next_at   timestamptz not null,
    held_since timestamptz,
    known_at  timestamptz,
    attempts  integer not null default 0,
    late      text[] not null default '{}',
    error     text,
    primary key (kind, period, version)
);
create index slot_open on slot (next_at) where state <> 'sealed';

-- What was sealed. `number` counts the snapshots of a kind in the order of sealing, without a gap: `previous` is the
-- digest of the manifest of the one before. `digest` is the SHA-256 (hex) of the manifest. `compared_at` is when it was last
-- compared with what is known now.
create table sealed (
    kind        text not null,
    period      text not null,
    version     integer not null,
    number      bigint not null check (number >= 1),
    digest      text not null unique,
    previous    text,
    key_id      text not null,
    due_at      timestamptz not null,
    as_of       timestamptz not null,
    known_at    timestamptz not null,
    sealed_at   timestamptz not null,
    is_partial  boolean not null,
    late        text[] not null,
    manifest    bytea not null,
    signature   bytea not null,
    compared_at timestamptz,
    primary key (kind, period, version),
    foreign key (kind, period, version) references slot,
    unique (kind, number),
    check ((number = 1) = (previous is null))
);

-- The renderings, byte for byte: snapshot.json, snapshot.xlsx, snapshot.pdf.
create table file (
    kind    text not null,
    period  text not null,
    version integer not null,
    name    text not null,
    digest  text not null,
    body    bytea not null,
    primary key (kind, period, version, name),
    foreign key (kind, period, version) references sealed
);

-- What is to be sent: each snapshot once to each receiver. Who takes one moves `next_at` on before sending, so that no other
-- takes it; it is tried again then unless it was marked. `is_taken`: somebody is sending it, until `next_at` at most. The
-- receipt is what the receiver answered, byte for byte, with the header that signs it where there was one.
create table delivery (
    receiver   text not null,
    kind       text not null,
    period     text not null,
    version    integer not null,
    digest     text not null,
    state      text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
    made_at    timestamptz not null,
    next_at    timestamptz not null,
    attempts   integer not null default 0,
    done_at    timestamptz,
    error      text,
    receipt    bytea,
    is_taken   boolean not null default false,
    receipt_signature text,
    primary key (receiver, kind, period, version),
    foreign key (kind, period, version) references sealed,
    check ((state = 'waiting') = (done_at is null))
);
create index delivery_waiting on delivery (next_at) where state = 'waiting';

-- Schedulers and their last sign of life; what one did when it was last heard of, and until when a schedule was looked at.
create table scheduler (
    name       text primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    doing      text not null
);

-- Until when the slots of a kind have been made, and how late the clock ever stood: a clock that was set back makes none twice.
create table schedule_state (
    kind       text primary key,
    begun_at   timestamptz not null,
    made_until timestamptz not null
);

-- Public keys of seals: which one is used, and since when none is any more. `endorsement` is the signature of the key before
-- over the statement in which it names this one.
create table key (
    id         text primary key,
    public     bytea not null,
    made_at    timestamptz not null,
    retired_at timestamptz,
    revoked_at timestamptz,
    reason     text,
    statement  bytea,
    endorsement bytea,
    endorsed_by text references key
);

-- Dry runs that people asked for, and what came of them: nothing of it is sealed or sent, and it is forgotten after a day.
create table draft (
    id       bigint generated by default as identity primary key,
    kind     text not null,
    period   text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    done_at  timestamptz,
    error    text,
    json     bytea,
    xlsx     bytea,
    pdf      bytea
);
