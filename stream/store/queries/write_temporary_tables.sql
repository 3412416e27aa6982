-- Where a batch's known cases, sums and samples wait for their upserts; of this session, emptied at each commit.
create temporary table if not exists touched (like cases) on commit delete rows;
create temporary table if not exists posted (
    measure smallint, unit integer, day date, field integer, channel smallint, level smallint, traits smallint,
    procedure integer, n bigint
) on commit delete rows;
create temporary table if not exists sampled (
    nr integer, endpoint integer, unit integer, at timestamptz, loss smallint, jitter integer, rtt integer,
    bitrate integer, mos smallint
) on commit delete rows;
