-- How many alerts are open and not put aside, and the worst of them: an alarm, of which the cause is not gone yet, before
-- all else; then what is wrong with the data itself, then the most cases. `age` is for how many seconds the alerting
-- service has not been heard of, by the database's clock (null: it never was).
select standing.number, standing.alarms, worst.level, worst.facts -> 'title' as title, worst.subject, worst.cases,
    (select extract(epoch from clock_timestamp() - seen_at)::float8 from alert_service) as age
from (
    select count(*) as number, count(*) filter (where level = 'alarm') as alarms
    from alert
    where phase = 'open' and not silenced
) standing
left join lateral (
    select level, facts, subject, number as cases
    from alert
    where phase = 'open' and not silenced
    order by level = 'alarm' desc, well_since is null desc, facts ->> 'kind' = 'sources' desc, number desc, opened_at, id
    limit 1
) worst on true
