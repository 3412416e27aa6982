-- The cases behind a figure, a page of them: what each adds to what is divided (upper) and to what it is divided by
-- (lower), in sums of numbered keys, each with its weights; and the sums over all cases of that part of the fraction,
-- listed or not, within a scope of units and without one, in every row: one row of sums alone where no case is listed.
-- Cases are found by their sums first, and looked at closer then: of a level nearly all are over. The partition is part
-- of the number of a case: grouped by the number alone, the hashes of all partitions collide.
with posted as materialized (
    select l.part, l.case_id, l.measure, l.unit, l.at, p.upper * l.n as upper, p.lower * l.n as lower
    from unnest(%(measures)s::smallint[], %(uppers)s::integer[], %(lowers)s::integer[], %(channels)s::smallint[],
                %(fields)s::text[], %(levels)s::smallint[], %(traits)s::smallint[], %(starts)s::timestamptz[],
                %(stops)s::timestamptz[]) as p (measure, upper, lower, channel, field, level, traits, start, stop)
    left join field f on f.code = p.field
    cross join unnest(%(units)s::integer[]) as u (unit)
    cross join lateral (
        select * from ledger each
        where each.measure = p.measure and each.unit = u.unit and each.at >= p.start and each.at < p.stop
            and each.known_at <= %(known_at)s::timestamptz
        offset 0
    ) l
    where (p.channel is null or l.channel = p.channel)
        and (p.field is null or l.field = f.id)
        and (p.level is null or l.level = p.level)
        and (p.traits is null or l.traits & p.traits = p.traits)
),
counted as materialized (
    select part, case_id, sum(upper)::bigint as upper, sum(lower)::bigint as lower
    from posted
    group by part, case_id
    having sum(upper) <> 0 or sum(lower) <> 0
),
-- What cancels itself is no sign of when and where a case was counted. "Is not false" keeps a hash of the cases: as a
-- join, of which PostgreSQL expects a handful, it goes through all cases for each posting.
closer as (
    select part, case_id, measure, unit, at, sum(upper) as upper, sum(lower) as lower
    from posted
    where (case_id in (select case_id from counted)) is not false
    group by part, case_id, measure, unit, at
    having sum(upper) <> 0 or sum(lower) <> 0
),
described as materialized (
    select part, case_id,
        array_agg(distinct measure order by measure) filter (where upper > 0 or lower > 0) as measures,
        (array_agg(unit order by at desc, upper desc, unit))[1] as unit,
        coalesce(max(at) filter (where upper > 0 or lower > 0), max(at)) as at
    from closer
    group by part, case_id
),
-- A code means another place in another generation of units: a unit of the scope is one for a time.
placed as materialized (
    select part, case_id, unit, at, measures, upper, lower,
        case %(first)s when 'missing' then upper - lower when 'counted' then -upper else 0 end as rank,
        case when %(oldest)s then 1 else -1 end * extract(epoch from at)::bigint as turn,
        %(scope)s::integer[] is null or exists (
            select
            from unnest(%(scope)s::integer[], %(scope_from)s::timestamptz[], %(scope_until)s::timestamptz[])
                as s (unit, since, until)
            where s.unit = described.unit and described.at >= s.since and described.at < s.until
        ) as is_seen
    from described
    full join counted using (part, case_id)
    where case %(part)s when 'upper' then upper <> 0 when 'lower' then lower <> 0 when 'missing' then upper <> lower
        else true end
),
chosen as (
    select part, case_id, unit, at, measures, upper, lower, rank, turn
    from placed
    where is_seen and (rank, turn, part, case_id)
        > (%(after_rank)s::bigint, %(after_turn)s::bigint, %(after_part)s::smallint, %(after_case)s::bigint)
    order by rank, turn, part, case_id
    limit %(most)s
)
select coalesce(c.code, 'case ' || chosen.case_id) as code, chosen.unit, chosen.at, chosen.measures, chosen.upper,
    chosen.lower, chosen.rank, chosen.turn, chosen.part, chosen.case_id, everything.*
from (
    select count(*) as cases, coalesce(sum(upper), 0)::bigint as upper, coalesce(sum(lower), 0)::bigint as lower,
        count(*) filter (where is_seen) as seen, coalesce(sum(upper) filter (where is_seen), 0)::bigint as seen_upper,
        coalesce(sum(lower) filter (where is_seen), 0)::bigint as seen_lower
    from placed
) everything
left join chosen on true
left join cases c on c.id = chosen.case_id
order by chosen.rank, chosen.turn, chosen.part, chosen.case_id
