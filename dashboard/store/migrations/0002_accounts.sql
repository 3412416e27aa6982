-- People (người dùng) who sign in, what each may see, their sessions, wrong tries, and the record of all that.
create table account (
    id bigint generated always as identity primary key,
    -- Written in lower case always: the same login is the same person, however it was typed.
    login text not null unique check (login = lower(login)),
    name text not null,
    role text not null check (role in ('leader', 'operator', 'analyst', 'administrator')),
    -- False with no rows in account_scope is nothing at all: what is missing never opens more.
    everywhere boolean not null,
    -- argon2id, as PHC writes it; null: only by the provider of identities (OpenID Connect).
    password_hash text,
    password_at timestamptz,
    must_change boolean not null default false,
    oidc_issuer text,
    oidc_subject text,
    -- What an administrator said that the provider will say of this person, until it has said it once.
    oidc_claim text unique,
    created_at timestamptz not null,
    created_by text not null,
    disabled_at timestamptz,
    signed_in_at timestamptz,
    unique (oidc_issuer, oidc_subject),
    check ((oidc_issuer is null) = (oidc_subject is null)),
    check ((password_hash is null) = (password_at is null))
);

-- Units or areas whose cases a person sees, each as it was on a day: scopes outlive mergers (geo/responsible.py).
create table account_scope (
    account_id bigint not null references account,
    code text not null,
    on_day date not null,
    primary key (account_id, code, on_day)
);

create table session (
    id bigint generated always as identity primary key,
    -- SHA-256 of a random token of 32 bytes: who reads this table can't be anybody.
    token_hash bytea not null unique,
    account_id bigint not null references account,
    method text not null check (method in ('password', 'oidc')),
    began_at timestamptz not null,
    until timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz,
    ended_why text,
    check ((ended_at is null) = (ended_why is null))
);
create index session_open on session (account_id) where ended_at is null;

-- Wrong tries by account and by address, over restarts; buckets are named by digests, since people type passwords
-- into the wrong field.
create table throttle (
    bucket text primary key,
    tries integer not null,
    until timestamptz not null,
    tried_at timestamptz not null
);
create index throttle_tried on throttle (tried_at);

-- Who did what, when. Nothing of it is ever changed.
create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    who text not null,
    what text not null,
    facts jsonb not null default '{}'
);
create index audit_at on audit (at);

create function audit_stays() returns trigger language plpgsql as
'begin raise exception ''the audit is only ever added to''; end';
create trigger audit_stays before update or delete or truncate on audit
for each statement execute function audit_stays();
