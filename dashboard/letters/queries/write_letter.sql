-- A letter as it is prepared.
insert into dashboard.letter (case_code, unit, year, number, shown, content, reason, new_date, prepared_at, prepared_by)
values (%(case)s, %(unit)s, %(year)s, %(number)s, %(shown)s, %(content)s, %(reason)s, %(new_date)s, %(at)s, %(by)s)
returning id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason;
