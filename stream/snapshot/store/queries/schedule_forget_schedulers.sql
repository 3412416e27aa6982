delete from snapshot.scheduler where seen_at < %(before)s
