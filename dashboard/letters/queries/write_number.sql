-- The number that the registry gave takes the place of the one that is written on it.
update dashboard.letter
set shown = %(shown)s, content = %(content)s
where id = %(id)s and state = 'prepared' and sent_at is null
returning id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason;
