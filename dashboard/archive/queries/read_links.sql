-- The whole chain of a kind, from the manifests themselves: how long it is, which numbers are missing (where one is, the
-- first that follows the hole), and the first that does not name the manifest before it.
with link as (
  select
    number,
    encode(sha256(manifest), 'hex') as digest,
    -- Canonical JSON; read as bytes, so that one that was spoilt is a broken link, not an error.
    substring(encode(manifest, 'escape') from '"previous":"([0-9a-f]{64})"') as named
  from snapshot.sealed
  where kind = %(kind)s
),

linked as (
  select
    number, named,
    lag(number, 1, 0::bigint) over (order by number) as number_before,
    lag(digest) over (order by number) as digest_before
  from link
)

select
  count(*) as links,
  max(number) as last,
  min(number) filter (where number <> number_before + 1) as after_hole,
  min(number) filter (where number = number_before + 1 and named is distinct from digest_before) as broken,
  (array_agg(named order by number)
    filter (where number = number_before + 1 and named is distinct from digest_before))[1] as named,
  (array_agg(digest_before order by number)
    filter (where number = number_before + 1 and named is distinct from digest_before))[1] as digest_before
from linked;
