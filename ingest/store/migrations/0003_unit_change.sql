-- What it means when a later record of an application names another unit: it moved there, or the earlier unit was
-- an error. The records of a source do not say it, so its registration does.
alter table source
    add column unit_change text not null default 'transfer' check (unit_change in ('transfer', 'correction'));
