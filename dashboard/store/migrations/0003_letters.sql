-- Letters of apology (phiếu xin lỗi và hẹn lại ngày trả kết quả): prepared here, and sent as an event of the log. What
-- was sent and what is owed is counted from the log alone: nothing here is needed for any figure.

-- The last number given in the series of a unit and year.
create table letter_series (
    unit integer not null,
    year integer not null,
    last integer not null check (last > 0),
    primary key (unit, year)
);
create table letter (
    id bigint generated always as identity primary key,
    -- The application's code.
    case_code text not null,
    -- The unit that writes, in the year of its series; `number` is null where the registry's number was there first.
    unit integer not null,
    year integer not null,
    number integer,
    -- The number as it is written: of the series, or the one that the registry (văn thư) gave instead.
    shown text not null,
    -- All words of it, as DOCX and PDF show them.
    content jsonb not null,
    reason text not null,
    new_date date not null,
    state text not null default 'prepared' check (state in ('prepared', 'sent', 'void')),
    prepared_at timestamptz not null,
    prepared_by text not null,
    -- Who marked it as sent first, and when that was; it is sent once that is in the log.
    sent_at timestamptz,
    sent_by text,
    void_at timestamptz,
    void_by text,
    void_reason text,
    constraint letter_number unique (unit, year, number),
    constraint letter_shown unique (unit, year, shown),
    check ((sent_at is null) = (sent_by is null)),
    check (state <> 'sent' or sent_at is not null),
    check (state <> 'void' or (sent_at is null and void_reason is not null)),
    check ((state = 'void') = (void_at is not null) and (void_at is null) = (void_by is null))
);
-- An application has one letter at a time; void ones keep their number and are kept with their reason.
create unique index letter_standing on letter (case_code) where state <> 'void';
create index letter_case on letter (case_code);
