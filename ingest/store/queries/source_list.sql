-- All sources, also revoked ones, by their ids. Secrets stay where they are.
select source.id, source.kind,
       coalesce((select jsonb_object_agg(agency.agency, agency.unit)
                   from source_agency as agency where agency.source = source.id), '{}') as agencies,
       source.added_at,
       exists (select from source_token as token where token.source = source.id and token.revoked_at is null) as active,
       source.unit_change,
       coalesce((select jsonb_object_agg(agency.agency, agency.level)
                   from source_agency as agency where agency.source = source.id and agency.level <> 3), '{}') as levels,
       source.streams, source.cadence, source.callback
  from source
 order by source.id;
