update snapshot.draft
set done_at = %(now)s, error = %(error)s, json = %(json)s, xlsx = %(xlsx)s, pdf = %(pdf)s
where id = %(id)s
