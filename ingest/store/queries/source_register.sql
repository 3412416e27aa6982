-- Every token that holds, with its source and which agency codes are which units.
select token.digest, source.id, source.kind,
       coalesce((select jsonb_object_agg(agency.agency, agency.unit)
                   from source_agency as agency where agency.source = source.id), '{}') as agencies,
       source.unit_change
  from source_token as token
  join source on source.id = token.source
 where token.revoked_at is null;
