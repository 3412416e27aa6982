-- What a source promises (what it sends, and how many seconds of working time may pass without a sign of life), at which
-- level of authority its agencies are (1 province, 2 district, 3 commune), and how a webhook of it is checked.
alter table source
    add column streams  text[] not null default '{onestop}',
    add column cadence  integer check (cadence between 10 and 34560000),
    add column callback text,                 -- the address that the webhook was registered with
    add column secret   text;                 -- has to be known to check a checksum: nothing but the door reads it
alter table source_agency
    add column level smallint not null default 3 check (level between 1 and 3);
