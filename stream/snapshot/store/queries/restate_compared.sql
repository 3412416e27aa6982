-- A version was compared with what was known up to a moment.
update snapshot.sealed
set compared_at = %(until)s
where kind = %(kind)s and period = %(period)s and version = %(version)s
    and (compared_at is null or compared_at < %(until)s)
