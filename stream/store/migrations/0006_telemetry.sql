-- The quality of conference lines: every sample once, with sums by minute and by hour that the worker keeps in the same
-- transaction. They are plain tables wherever they are, and no continuous aggregates: a sample that comes late must count
-- at once, and a sample that comes twice must not. All are whole numbers, so that no sum depends on an order.
-- Units: loss in 1/100 %, jitter and rtt in 1/10 ms, bitrate in kbps, mos (estimated, ITU-T G.107) in 1/100.

-- Endpoints as they were first measured; `unit` as their newest sample, of `told_at`, tells it.
create table quality_endpoint (
    id      integer generated always as identity primary key,
    code    text not null unique,
    unit    integer not null default 0,
    told_at timestamptz not null default '-infinity'
);

-- A moment of an endpoint has one sample, the first told. What was not measured is null; so is `mos` where loss or rtt is.
create table quality_sample (
    endpoint integer not null,
    at       timestamptz not null,
    loss     smallint,
    jitter   integer,
    rtt      integer,
    bitrate  integer,
    mos      smallint,
    primary key (endpoint, at)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);

-- By minute, and by the unit that the samples name: an endpoint may change hands. 200 endpoints that are never switched off
-- make 288,000 rows, 30 MB, a day.
create table quality_minute (
    endpoint     integer not null,
    minute       timestamptz not null,
    unit         integer not null,
    samples      integer not null,
    mos_sum      integer not null,
    mos_samples  integer not null,
    mos_least    smallint,
    loss_sum     integer not null,
    loss_samples integer not null,
    loss_most    smallint,
    jitter_most  integer,
    rtt_most     integer,
    primary key (endpoint, minute, unit)
) with (fillfactor = 80);
-- A day of all endpoints is one range.
create index quality_minute_by_minute on quality_minute (minute);

-- By hour. `minutes` are those with samples, `warn_minutes` and `bad_minutes` those in which a sample was over an alarm
-- level (stream/quality/levels.toml); a bad one is no warning too.
create table quality_hour (
    endpoint     integer not null,
    hour         timestamptz not null,
    unit         integer not null,
    samples      integer not null,
    mos_sum      bigint not null,
    mos_samples  integer not null,
    mos_least    smallint,
    loss_sum     bigint not null,
    loss_samples integer not null,
    loss_most    smallint,
    jitter_most  integer,
    rtt_most     integer,
    minutes      integer not null,
    warn_minutes integer not null,
    bad_minutes  integer not null,
    primary key (endpoint, hour, unit)
) with (fillfactor = 80);
create index quality_hour_by_hour on quality_hour (hour);

-- By local day and unit, for figures over months: `minutes` are those of each endpoint, added up.
create table quality_day (
    unit         integer not null,
    day          date not null,
    samples      bigint not null,
    mos_sum      bigint not null,
    mos_samples  bigint not null,
    minutes      bigint not null,
    warn_minutes bigint not null,
    bad_minutes  bigint not null,
    primary key (unit, day)
) with (fillfactor = 50);

-- Meetings that are planned or on, and all endpoints: few among many cases.
create index cases_of_conference on cases (kind) where is_open and kind in (6, 7);
