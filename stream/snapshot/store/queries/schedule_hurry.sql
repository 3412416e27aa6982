-- A slot that waits is looked at now. One of which nothing was known is asked for anew, as known now: nobody learns of the
-- past what was known then, and it would be refused for ever.
update snapshot.slot
set next_at = %(now)s,
    known_at = case when %(is_anew)s then %(now)s else known_at end,
    late = case when %(is_anew)s and not 'by_hand' = any(late) then late || 'by_hand'::text else late end
where kind = %(kind)s and period = %(period)s and version = %(version)s and state <> 'sealed'
