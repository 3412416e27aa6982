-- What has become of an incident.
update incident
set cause = %(cause)s, source = %(source)s, recovered_at = %(recovered_at)s, closed_at = %(closed_at)s, flaps = %(flaps)s
where id = %(number)s
