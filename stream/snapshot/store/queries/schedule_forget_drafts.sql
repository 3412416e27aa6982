delete from snapshot.draft where asked_at < %(before)s
