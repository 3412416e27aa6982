-- The first worker writes by which meaning of an event it posts; of two at once, one does.
insert into meaning
select %(version)s where not exists (select from meaning)
on conflict do nothing
