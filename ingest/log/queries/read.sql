-- Entries of several partitions, each from its own position, with its own limit, up to a size in bytes
-- for each (the first entry always, however large). The size of a body is known without reading it.
select entry.part, entry.pos, entry.key, entry.body,
       (extract(epoch from entry.appended_at) * 1000)::bigint as appended_ms
  from unnest(%(parts)b::smallint[], %(positions)b::bigint[], %(limits)b::integer[])
       as wanted (part, pos, n)
 cross join lateral (
       select part, pos, key, body, appended_at,
              sum(octet_length(body)) over (order by pos) - octet_length(body) as size_before
         from (
              select part, pos, key, body, appended_at
                from entry
               where part = wanted.part and pos >= wanted.pos
               order by pos
               limit wanted.n
              ) as next
       ) as entry
 where entry.size_before < %(size)b
 order by entry.part, entry.pos;
