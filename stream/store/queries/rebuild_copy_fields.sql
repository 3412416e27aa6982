-- Number the fields as the live schema does, so that rebuilt rows can be compared with it, and go on numbering
-- behind them: the rebuilt schema may take the place of the live one.
with copied as (
    insert into field (id, code, name) overriding system value
    select id, code, name from stream.field order by id
    returning id
)
select setval(pg_get_serial_sequence('field', 'id'), max(id)) from copied
