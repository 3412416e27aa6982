select id, kind, period from snapshot.draft where done_at is null order by id limit 1 for update skip locked
