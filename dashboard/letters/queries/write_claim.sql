-- Somebody marks the letter as sent: the first one's name and moment stay, however many do. One that is void is not.
update dashboard.letter
set sent_at = coalesce(sent_at, %(at)s), sent_by = coalesce(sent_by, %(by)s)
where id = %(id)s and state <> 'void'
returning id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason;
