-- Make the source, or take one up again. Answers whether it has a token that holds.
with made as (
    insert into source (id, kind, unit_change, streams, cadence, callback, secret)
    values (%(id)s, %(kind)s, %(unit_change)s, %(streams)s, %(cadence)s, %(callback)s, %(secret)s)
    on conflict (id) do update
       set kind = excluded.kind, unit_change = excluded.unit_change, streams = excluded.streams,
           cadence = excluded.cadence, callback = excluded.callback, secret = excluded.secret
    returning id
)
select exists (select from source_token as token join made on made.id = token.source where token.revoked_at is null);
