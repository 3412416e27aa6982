-- How many rows each table has up to a cut, and a sum of their hashes that does not depend on their order.
-- %(parts)s and %(ends)s are the cut; tables without a position are compared only where both stand at it.
with cut as (
    select part, until from unnest(%(parts)s::smallint[], %(ends)s::bigint[]) as each (part, until)
)
select 'event' as name, count(*), coalesce(sum(hashtextextended(row(e.*)::text, 0)::numeric), 0) as digest
from event as e join cut on cut.part = e.part and e.pos < cut.until
union all
select 'ledger', count(*), coalesce(sum(hashtextextended(row(l.*)::text, 0)::numeric), 0)
from ledger as l join cut on cut.part = l.part and l.pos < cut.until
union all
select 'quarantine', count(*), coalesce(sum(hashtextextended(row(q.part, q.pos, q.reason, q.body)::text, 0)::numeric), 0)
from quarantine as q join cut on cut.part = q.part and q.pos < cut.until
union all
select 'cases', count(*), coalesce(sum(hashtextextended(row(c.*)::text, 0)::numeric), 0)
from cases as c
union all
select 'rollup_day', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_day as r where r.n <> 0
union all
select 'rollup_month', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_month as r where r.n <> 0
union all
select 'rollup_year', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_year as r where r.n <> 0
union all
select 'rollup_channel_day', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_channel_day as r where r.n <> 0
union all
select 'rollup_procedure_month', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_procedure_month as r where r.n <> 0
union all
select 'part_rule', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from part_rule as r join cut on cut.part = r.part and r.pos < cut.until
union all
select 'rollup_unit_day', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_unit_day as r where r.n <> 0
union all
select 'rollup_unit_month', count(*), coalesce(sum(hashtextextended(row(r.*)::text, 0)::numeric), 0)
from rollup_unit_month as r where r.n <> 0
union all
select 'quality_endpoint', count(*), coalesce(sum(hashtextextended(row(e.*)::text, 0)::numeric), 0)
from quality_endpoint as e
union all
select 'quality_minute', count(*), coalesce(sum(hashtextextended(row(m.*)::text, 0)::numeric), 0)
from quality_minute as m
union all
select 'quality_hour', count(*), coalesce(sum(hashtextextended(row(h.*)::text, 0)::numeric), 0)
from quality_hour as h
union all
select 'quality_day', count(*), coalesce(sum(hashtextextended(row(d.*)::text, 0)::numeric), 0)
from quality_day as d
union all
-- Older ones may have been let go here, and not yet there.
select 'quality_sample', count(*), coalesce(sum(hashtextextended(row(s.*)::text, 0)::numeric), 0)
from quality_sample as s where s.at >= date_trunc('day', now(), 'UTC') - interval '80 days'
union all
select 'source_promise', count(*), coalesce(sum(hashtextextended(row(p.*)::text, 0)::numeric), 0)
from source_promise as p join cut on cut.part = p.part and p.pos < cut.until
union all
-- What was applied before sources were told apart can't be compared.
select 'source_day', count(*), case when count(*) filter (where s.day = '1970-01-01') = 0
    then coalesce(sum(hashtextextended(row(s.*)::text, 0)::numeric), 0) end
from source_day as s
union all
select 'tally', count(*), coalesce(sum(hashtextextended(row(o.part, o.first_pos, o.next_pos, o.applied, o.duplicates, o.quarantined)::text, 0)::numeric), 0)
from part_offset as o where o.next_pos > o.first_pos
order by name
