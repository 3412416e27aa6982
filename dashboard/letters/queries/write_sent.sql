-- That it was sent is in the log.
update dashboard.letter
set state = 'sent'
where id = %(id)s and state = 'prepared' and sent_at is not null
returning id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason;
