-- Every token that holds, with its source, which agency codes are which units, and what it promises.
select token.digest, source.id, source.kind,
       coalesce((select jsonb_object_agg(agency.agency, agency.unit)
                   from source_agency as agency where agency.source = source.id), '{}') as agencies,
       source.unit_change,
       coalesce((select jsonb_object_agg(agency.agency, agency.level)
                   from source_agency as agency where agency.source = source.id and agency.level <> 3), '{}') as levels,
       source.streams, source.cadence, source.callback, source.secret
  from source_token as token
  join source on source.id = token.source
 where token.revoked_at is null;
