-- The chances of the open applications, as they were last reckoned.
select case_id, chance, facts, learnt_at, scored_at from warning
