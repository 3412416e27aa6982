"""Samples of the queries about sources: promises, tallies, incidents."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.timescale.sample import JANUARY, LATE, MARCH, Sample

_PROMISED = (
    "insert into source_promise values"
    " (1, 1, '2026-01-01 00:00Z', 'onestop/moc-chau', 'onestop-sync', '{onestop}', '{03979,03980}', 1800, true),"
    " (1, 4, '2026-01-02 00:00Z', 'onestop/moc-chau', 'onestop-sync', '{onestop}', '{03979,03980}', 600, true),"
    " (1, 9, '2026-01-03 00:00Z', 'onestop/moc-chau', 'onestop-sync', '{onestop}', '{03979}', 600, true),"
    " (2, 3, '2026-01-04 00:00Z', 'bigbluebutton', 'bigbluebutton', '{conference}', '{}', null, true),"
    " (2, 5, '2026-01-05 00:00Z', 'bigbluebutton', 'bigbluebutton', '{conference}', '{}', null, false);"
)
_DAYS = (
    "insert into source_day values"
    " ('onestop/moc-chau', '2026-02-20', 40, 4, 2, '{1,2,3,4,5,6,7,12}'),"
    " ('onestop/moc-chau', '2026-02-27', 20, 2, 1, '{5,5,5,1,1,1,1,1}'),"
    " ('onestop/moc-chau', '2026-03-01', 10, 1, 0, '{9,0,0,0,0,0,0,1}'),"
    " ('', '1970-01-01', 5, 0, 1, '{0,0,0,0,0,0,0,0}');"
)
_INCIDENTS = (
    "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at, flaps) values"
    " ('silent', 'a', '2026-01-01 01:00Z', '2026-01-01 01:00:05Z', '2026-01-01 02:00Z', '2026-01-01 02:30Z', 3),"
    " ('intake', null, '2026-03-01 01:00Z', '2026-03-01 01:00:05Z', null, null, 0),"
    " ('late', 'b', '2026-03-02 01:00Z', '2026-03-02 01:00:05Z', '2026-03-02 02:00Z', null, 1);"
)
_CALENDARS = (
    "insert into rule (id, kind, version, digest, content) overriding system value values"
    " (9001, 'calendar', 'v1', 'd9001', 'one'), (9002, 'procedures', 'v1', 'd9002', 'not this'),"
    " (9003, 'calendar', 'v2', 'd9003', 'two');"
    " insert into part_rule (part, pos, known_at, rule_id) values"
    " (0, 1001, '2026-03-01 00:00Z', 9001), (1, 1001, '2026-03-01 00:09Z', 9001),"
    " (0, 1002, '2026-03-01 00:02Z', 9003), (1, 1002, '2026-03-01 00:10Z', 9003),"
    " (0, 1003, '2026-03-01 00:03Z', 9002), (0, 1004, '2026-03-01 00:04Z', 9001);"
)
_INCIDENT = {
    "cause": "silent", "source": "c", "began_at": JANUARY, "seen_at": MARCH, "recovered_at": None, "closed_at": None,
    "flaps": 0,
}  # fmt: skip

SOURCES: Mapping[str, Sample] = {
    "ingest/store/source_set_promise": Sample(
        {"id": "onestop/moc-chau", "streams": ["onestop", "documents"], "cadence": 600},
        after="select id, streams, cadence from source",
        schema="ingest",
    ),
    "stream/store/read_calendar": Sample(
        {"known_at": datetime(2026, 3, 1, 0, 1, tzinfo=UTC)}, before=_CALENDARS
    ),
    "stream/store/read_frozen": Sample(before="update part_offset set halted = 'poison' where part = 1"),
    "stream/store/write_reached": Sample(
        {"parts": [0, 1], "epochs": [0, 99], "seconds": 1.5, "oldest": MARCH},
        after="select part, reached_at from part_offset",
    ),
    "stream/store/read_sources": Sample(before=_PROMISED),
    "stream/store/read_source_days": Sample({"today": date(2026, 3, 1), "before": date(2026, 2, 22)}, before=_DAYS),
    "stream/store/read_promised": Sample({"known_at": datetime(2026, 1, 4, 12, tzinfo=UTC)}, before=_PROMISED),
    "stream/store/read_halted": Sample(before="update part_offset set halted = 'poison' where part = 1"),
    "stream/store/read_incidents": Sample({"since": MARCH}, before=_INCIDENTS),
    "stream/store/read_open_incidents": Sample(before=_INCIDENTS),
    "stream/store/rebuild_keep_incidents": Sample(
        before="insert into stream.incident (cause, source, began_at, seen_at)"
        " values ('silent', 'c', '2026-01-01 01:00Z', '2026-01-01 01:00:05Z')",
        after="select cause, source, began_at, seen_at, flaps from incident",
        schema="stream_rebuild",
    ),
    "stream/store/write_incident": Sample(_INCIDENT, after="select cause, source, began_at, flaps from incident"),
    "stream/store/write_incident_change": Sample(
        {"number": 1, "cause": "intake", "source": None, "recovered_at": MARCH, "closed_at": LATE, "flaps": 4},
        before="insert into incident (id, cause, source, began_at, seen_at)"
        " values (1, 'silent', 'c', '2026-01-01 01:00Z', '2026-01-01 01:00:05Z')",
        after="select * from incident",
    ),
    "stream/store/write_source_promise": Sample(
        {
            "part": 1, "pos": 7, "known_at": MARCH, "source": "a", "kind": "edxml", "streams": ["documents"],
            "units": ["03980"], "cadence": 3600, "active": True,
        },
        after="select * from source_promise",
    ),
    "stream/store/write_source_day": Sample(
        {
            "source": "onestop/moc-chau", "day": date(2026, 3, 1), "applied": 3, "duplicates": 2, "quarantined": 1,
            "lateness": [1, 0, 0, 0, 0, 0, 0, 2],
        },
        before=_DAYS,
        after="select * from source_day",
    ),
    "stream/store/write_source_heard": Sample(
        {"source": "onestop/moc-chau", "heard_at": LATE}, after="select * from source_state"
    ),
}  # fmt: skip
