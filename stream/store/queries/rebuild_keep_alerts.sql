-- Alerts are no part of the log either: the rebuilt schema takes over those of the live one with their numbers, what became
-- of them, what is to be sent of it, silences, and the service's sign of life.
with alerts as (
    insert into alert overriding system value select * from stream.alert returning id
),
happenings as (
    insert into alert_happening overriding system value select * from stream.alert_happening returning id
),
deliveries as (
    insert into alert_delivery select * from stream.alert_delivery
),
silences as (
    insert into alert_silence overriding system value select * from stream.alert_silence returning id
),
service as (
    insert into alert_service select * from stream.alert_service
)
select setval(pg_get_serial_sequence('alert', 'id'), max(id)) from alerts
union all
select setval(pg_get_serial_sequence('alert_happening', 'id'), max(id)) from happenings
union all
select setval(pg_get_serial_sequence('alert_silence', 'id'), max(id)) from silences
