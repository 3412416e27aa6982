-- A little of everything that ingest keeps, the same on both lanes.
insert into source (id, kind, added_at) values
    ('onestop/moc-chau', 'onestop-sync', '2026-01-02 03:04:05Z'), ('onestop/van-ho', 'onestop-sync', '2026-01-03 03:04:05Z');
insert into source_agency (source, agency, unit) values
    ('onestop/moc-chau', 'H52.17.18', '03980'), ('onestop/moc-chau', 'H52.17.19', '03979');
insert into source_token (digest, source, added_at, revoked_at) values
    (sha256('one'), 'onestop/moc-chau', '2026-01-02 03:04:05Z', null),
    (sha256('two'), 'onestop/van-ho', '2026-01-03 03:04:05Z', '2026-02-01 00:00:00Z');
insert into taken_file (digest, source, done, accepted, refused, refusals_size, finished, updated_at) values
    (sha256('file'), 'onestop/moc-chau', 100, 90, 10, 2048, false, '2026-01-04 03:04:05Z');
insert into head (part, next_pos, appended_at) select part, 20, '2026-01-01 00:00:20Z' from generate_series(0, 2) as part;
insert into entry (part, pos, key, body, appended_at)
select part, pos, 'case ' || pos % 7, convert_to(repeat('x', 10 + pos), 'UTF8'), timestamptz '2026-01-01 00:00Z' + pos * interval '1 s'
from generate_series(0, 2) as part, generate_series(0, 19) as pos;
insert into official_file (digest, name, taken_at) values (sha256('scores'), 'scores.csv', '2026-07-06 03:04:05Z');
insert into official_score (place, first_day, last_day, item, points, source, published_on, file, taken_at) values
    ('03980', '2026-06-01', '2026-06-30', 'total', 80, 'dichvucong.gov.vn', '2026-07-05', sha256('scores'), '2026-07-06 03:04:05Z'),
    ('03980', '2026-06-01', '2026-06-30', 'total', 82, 'dichvucong.gov.vn', '2026-07-06', sha256('scores'), '2026-07-06 03:04:05Z'),
    ('03979', '2026-06-01', '2026-06-30', 'progress', 18.5, 'dichvucong.gov.vn', '2026-07-05', sha256('scores'), '2026-07-06 03:04:05Z');
