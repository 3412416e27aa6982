-- Number the fields as the live schema does, so that rebuilt rows can be compared with it.
insert into field (id, code, name) overriding system value
select id, code, name from stream.field order by id
