-- Number fields, procedures, rules and measured endpoints as the live schema does, so that rebuilt rows can be compared
-- with it, and go on numbering behind them: the rebuilt schema may take the place of the live one.
with fields as (
    insert into field (id, code, name) overriding system value
    select id, code, name from stream.field order by id
    returning id
),
procedures as (
    insert into procedure (id, code) overriding system value
    select id, code from stream.procedure order by id
    returning id
),
rules as (
    insert into rule (id, kind, version, digest, content) overriding system value
    select id, kind, version, digest, content from stream.rule order by id
    returning id
),
endpoints as (
    insert into quality_endpoint (id, code) overriding system value
    select id, code from stream.quality_endpoint order by id
    returning id
)
select setval(pg_get_serial_sequence('field', 'id'), max(id)) from fields
union all
select setval(pg_get_serial_sequence('procedure', 'id'), max(id)) from procedures
union all
select setval(pg_get_serial_sequence('rule', 'id'), max(id)) from rules
union all
select setval(pg_get_serial_sequence('quality_endpoint', 'id'), max(id)) from endpoints
