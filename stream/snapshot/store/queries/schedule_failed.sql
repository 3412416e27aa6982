update snapshot.slot
set error = %(error)s, next_at = %(next_at)s,
    late = case when 'failed' = any(late) then late else late || 'failed'::text end
where kind = %(kind)s and period = %(period)s and version = %(version)s and state <> 'sealed'
