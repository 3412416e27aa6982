insert into snapshot.draft (kind, period, asked_by, asked_at) values (%(kind)s, %(period)s, %(by)s, %(now)s) returning id
