-- Official scores of the service-quality index, as published by others and taken in from files. They stand beside what
-- this centre computes and never go into it, and are no part of the ledger: a rebuild leaves them alone.
create table official_file (
    digest   bytea primary key,               -- SHA-256 of the content
    name     text not null,
    taken_at timestamptz not null default now()
);

-- Append-only: a score that was published later takes the place of an earlier one, which stays.
create table official_score (
    id           integer generated always as identity primary key,
    place        text not null,                -- a unit by its five digits, or an area
    first_day    date not null,
    last_day     date not null,
    item         text not null,                -- 'total', a group, or a component of the index
    points       numeric(6, 3) not null check (points between 0 and 100),
    source       text not null,
    published_on date not null,
    file         bytea not null references official_file,
    taken_at     timestamptz not null default now(),
    unique (place, first_day, last_day, item, source, published_on, points)
);
create index official_score_by_period on official_score (first_day, last_day, place, item);
