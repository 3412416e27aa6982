-- Wall displays (màn hình treo tường): each is a key pair that never leaves its device, approved by an administrator.
create table display (
    id bigint generated always as identity primary key,
    -- SHA-256 of the public key as RFC 7638 writes it: the same device is the same row, however often it asks.
    thumbprint text not null unique,
    public_key jsonb not null,
    user_agent text not null,
    state text not null default 'pending' check (state in ('pending', 'approved', 'revoked')),
    -- Shown on the screen until an administrator types it in.
    code text unique,
    code_until timestamptz,
    enrolled_at timestamptz not null,
    approved_at timestamptz,
    approved_by text,
    revoked_at timestamptz,
    revoked_by text,
    name text,
    scenes text[],
    seconds integer check (seconds between 5 and 3600),
    language text check (language in ('vi', 'en')),
    theme text check (theme in ('dark', 'light')),
    -- What it last told of itself; the counts are since its page was opened first.
    seen_at timestamptz,
    reported_at timestamptz,
    build text,
    scene text,
    heap_bytes bigint,
    nodes integer,
    uptime_seconds bigint,
    reopens integer,
    refetches integer,
    reloads integer,
    stalls integer,
    restarts integer,
    check ((state = 'pending') = (code is not null)),
    check ((code is null) = (code_until is null)),
    check (state <> 'approved' or (approved_at is not null and approved_by is not null and name is not null
        and cardinality(scenes) > 0 and seconds is not null and language is not null and theme is not null)),
    check ((state = 'revoked') = (revoked_at is not null))
);
create index display_pending on display (code_until) where state = 'pending';
