-- Append entries given in order: lock the heads in order of partition (no deadlock), number the entries
-- densely from each head, move the heads on. Answers the position of the first entry of each partition.
-- The clock is read after the locks are held, so that a partition's moments never decrease.
with given as (
    select part, key, body, ord, row_number() over (partition by part order by ord) - 1 as nth
      from unnest(%(parts)b::smallint[], %(keys)b::text[], %(bodies)b::bytea[])
           with ordinality as given (part, key, body, ord)
), locked as (
    select part, next_pos, appended_at
      from head
     where part = any (%(touched)b::smallint[])
     order by part
       for update
), moment as (
    select greatest(date_trunc('milliseconds', clock_timestamp()), max(appended_at)) as at from locked
), stored as (
    insert into entry (part, pos, key, body, appended_at)
    select given.part, locked.next_pos + given.nth, given.key, given.body, moment.at
      from given join locked using (part) cross join moment
), moved as (
    update head
       set next_pos = locked.next_pos + counted.n, appended_at = moment.at
      from locked join (select part, count(*) as n from given group by part) as counted using (part), moment
     where head.part = locked.part
)
select part, next_pos from locked;
