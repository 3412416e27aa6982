-- By which meaning of an event this ledger is posted; the first worker writes its own.
with first as (
    insert into meaning select %(version)s where not exists (select from meaning)
    returning version
)
select version from first
union all
select version from meaning
