-- Files that were taken in, by their content, so that an interrupted run goes on where it was.
create table taken_file (
    digest        bytea not null,             -- SHA-256 of the content
    source        text not null,
    done          bigint not null,            -- bytes of a file of lines, records of a file of one body
    accepted      bigint not null,
    refused       bigint not null,
    refusals_size bigint not null,            -- bytes of the file of refusals that belong to what is done
    finished      boolean not null,
    updated_at    timestamptz not null default now(),
    primary key (digest, source)
);
