-- The letter, for whoever tells the log of it: one at a time.
select id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason
from dashboard.letter
where id = %(id)s
for update;
