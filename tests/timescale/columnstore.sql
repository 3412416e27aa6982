-- What the policies do by and by, at once: old chunks into the columnstore, old days into the aggregate.
do $$
declare chunk regclass;
begin
    for chunk in select show_chunks('event', older_than => timestamptz '2026-03-01 00:00Z') loop
        call convert_to_columnstore(chunk);
    end loop;
    for chunk in select show_chunks('ledger', older_than => timestamptz '2026-03-01 00:00Z') loop
        call convert_to_columnstore(chunk);
    end loop;
    for chunk in select show_chunks('quality_sample', older_than => timestamptz '2026-03-01 00:00Z') loop
        call convert_to_columnstore(chunk);
    end loop;
end $$;
