-- What became of an alert, and one delivery of it by each channel where it is to be told.
with happened as (
    insert into alert_happening (alert_id, kind, at, is_told, value, number)
    values (%(alert_id)s, %(kind)s, %(at)s, %(is_told)s, %(value)s, %(number)s)
    returning id
)
insert into alert_delivery (happening_id, channel, made_at, next_at)
select happened.id, channel, %(at)s, %(at)s
from happened, unnest(%(channels)s::text[]) as channel
where %(is_told)s
returning happening_id
