-- It was prepared and is not to be sent: its number is given to no other.
update dashboard.letter
set state = 'void', void_at = %(at)s, void_by = %(by)s, void_reason = %(reason)s
where id = %(id)s and state = 'prepared' and sent_at is null
returning id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason;
