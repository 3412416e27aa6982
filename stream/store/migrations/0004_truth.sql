-- What the figures by law need: more dimensions of the ledger, cases of other kinds, the rules that came into force.

-- By level of authority (cấp), with the traits of a flow, and with the procedure of a received application.
alter table ledger
    add column level     smallint not null default 0,
    add column traits    smallint not null default 0,
    add column procedure integer not null default 0;
alter table rollup_day
    add column level  smallint not null default 0,
    add column traits smallint not null default 0,
    drop constraint rollup_day_pkey,
    add primary key (measure, unit, day, field, level, channel, traits);
alter table rollup_month
    add column level  smallint not null default 0,
    add column traits smallint not null default 0,
    drop constraint rollup_month_pkey,
    add primary key (measure, unit, day, field, level, channel, traits);

-- The steps of levels by year (its first day): a level in all detail is full years, months of this year, days of
-- this month, however long the history.
create table rollup_year (
    measure smallint not null, unit integer not null, day date not null,
    field integer not null, level smallint not null, channel smallint not null, n bigint not null,
    primary key (measure, unit, day, field, level, channel)
) with (fillfactor = 80);

-- Received applications of each procedure by month: which procedures are used, and how.
create table rollup_procedure_month (
    unit integer not null, procedure integer not null, day date not null,
    channel smallint not null, traits smallint not null, n bigint not null,
    primary key (unit, day, procedure, channel, traits)
) with (fillfactor = 80);

-- What became known more than a day after its effective moment: what "as known at" has to take off a sum that
-- ends by then, without a look at everything that came since.
create index ledger_late on ledger (known_at) where known_at - at > interval '1 day';

-- Procedures (thủ tục hành chính) as they first appeared, in a record or a register.
create table procedure (
    id   integer generated always as identity primary key,
    code text not null unique
);

-- 1 application, 2 evaluation form, 3 petition.
alter table cases add column kind smallint not null default 1;

-- Every calendar and register that was ever adopted, by its digest, and since which position each partition goes by it.
create table rule (
    id      integer generated always as identity primary key,
    kind    text not null check (kind in ('calendar', 'procedures')),
    version text not null,
    digest  text not null unique,
    content bytea not null
);
create table part_rule (
    part     smallint not null,
    pos      bigint not null,
    known_at timestamptz not null,
    rule_id  integer not null references rule,
    primary key (part, pos)
);

-- By which meaning of an event the ledger was posted. A program of another meaning does not go on with it: the ledger
-- has to be rebuilt first. Empty until the first event is applied.
create table meaning (version text primary key);
insert into meaning select '1' from part_offset where next_pos > first_pos limit 1;
