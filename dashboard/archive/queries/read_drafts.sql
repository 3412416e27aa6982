-- Dry runs that are kept, the newest first.
select
  id, kind, period, asked_by, asked_at, done_at, error,
  octet_length(json) as json_bytes, octet_length(xlsx) as xlsx_bytes, octet_length(pdf) as pdf_bytes
from snapshot.draft
order by id desc
limit 20;
