-- What a display tells of itself each minute.
update dashboard.display
set seen_at = %(at)s, reported_at = %(at)s, build = %(build)s, scene = %(scene)s, heap_bytes = %(heap_bytes)s,
    nodes = %(nodes)s, uptime_seconds = %(uptime_seconds)s, reopens = %(reopens)s, refetches = %(refetches)s,
    reloads = %(reloads)s, stalls = %(stalls)s, restarts = %(restarts)s
where id = %(id)s and state = 'approved';
