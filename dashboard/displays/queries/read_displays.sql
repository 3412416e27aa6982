-- All displays as the administrator sees them: waiting ones first, then those of the house by name. Without the codes:
-- who approves has to read it from the screen.
select id, state, name, code_until, user_agent, scenes, seconds, language, theme, enrolled_at, approved_at,
    approved_by, revoked_at, revoked_by, seen_at, reported_at, build, scene, heap_bytes, nodes, uptime_seconds, reopens,
    refetches, reloads, stalls, restarts
from dashboard.display
where state <> 'pending' or code_until > %(at)s
order by array_position(array['pending', 'approved', 'revoked'], state), lower(name), id;
