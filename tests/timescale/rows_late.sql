-- A correction that comes months late: its postings belong where older ones are compressed already.
insert into event (part, pos, appended_at, case_id, eid, at, body)
values (0, 60, '2026-04-06 02:00Z', 0, 1000, '2025-10-05 01:00Z', 'corrected');
insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n) values
    (0, '2025-10-01 01:00Z', '2026-04-06 02:00Z', 60, 0, 1, 3979, 1, 1, -1),
    (0, '2025-10-05 01:00Z', '2026-04-06 02:00Z', 60, 0, 1, 3980, 1, 1, 1);

insert into rollup_day (measure, unit, day, field, level, channel, traits, n)
select measure, unit, (at at time zone 'Asia/Ho_Chi_Minh')::date, field, level, channel, traits, sum(n) from ledger group by 1, 2, 3, 4, 5, 6, 7;
insert into rollup_month (measure, unit, day, field, level, channel, traits, n)
select measure, unit, date_trunc('month', day)::date, field, level, channel, traits, sum(n) from rollup_day group by 1, 2, 3, 4, 5, 6, 7;
insert into rollup_channel_day (measure, unit, day, channel, n) select measure, unit, day, channel, sum(n) from rollup_day where measure < 10 group by 1, 2, 3, 4;
insert into rollup_year (measure, unit, day, field, level, channel, n)
select measure, unit, date_trunc('year', day)::date, field, level, channel, sum(n) from rollup_day where measure between 10 and 19 group by 1, 2, 3, 4, 5, 6;
insert into rollup_unit_day (measure, unit, day, n) select measure, unit, day, sum(n) from rollup_day group by 1, 2, 3;
insert into rollup_unit_month (measure, unit, day, n) select measure, unit, day, sum(n) from rollup_month group by 1, 2, 3;
