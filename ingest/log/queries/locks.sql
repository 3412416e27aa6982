-- Who holds which of two classes of advisory locks in this database: members and partitions of one group.
select classid::bigint as class, objid::integer as object, pid
  from pg_locks
 where locktype = 'advisory' and objsubid = 2 and granted
   and database = (select oid from pg_database where datname = current_database())
   and classid in (%(members)s::bigint::oid, %(partitions)s::bigint::oid);
