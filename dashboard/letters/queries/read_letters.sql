-- All letters of an application, those that count for nothing any more among them, the newest first.
select id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at, prepared_by, sent_at, sent_by,
    void_at, void_by, void_reason
from dashboard.letter
where case_code = %(case)s
order by id desc;
