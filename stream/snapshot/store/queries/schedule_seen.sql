select max(seen_at) from snapshot.scheduler
