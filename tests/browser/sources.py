"""Sources in every state on a Tuesday morning, with what they sent, what went wrong, and lines that were measured."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from psycopg import Connection

from geo.units import units_on

MORNING = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
"""Tuesday, ten o'clock in Mộc Châu."""
EVENING = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
"""Half past seven: nobody works."""

LONG = "bang-tinh.van-phong-hdnd-va-ubnd-xa-chieng-son-huyen-moc-chau"
_BINS = (40_000, 9_000, 3_000, 900, 300, 80, 12, 1)

PARTS = 8


def settle_sources(connection: Connection[Any], now: datetime = MORNING) -> None:
    """Fill the tables as of `now`."""
    units = [unit.code for unit in units_on(now.date())]
    for source in (
        _Source("onestop.moc-chau", ["onestop"], units, 600, (_ago(5), _ago(9)), (61_290, 55, 3)),
        _Source("documents.moc-chau", ["documents"], units, 1_800, (_ago(30), _ago(5_400)), (8_123, 41, 2)),
        _Source("endpoints.moc-chau", ["conference"], units[:1], 600, (_ago(1_860),) * 2, (1_824_123, 18, 0)),
        _Source(LONG, ["onestop", "documents", "conference"], units[2:6], 3_600, None, (0, 0, 0)),
    ):
        _promise(connection, source)
    _day(connection, "", now, (0, 0, 2))
    _log(connection)
    _incidents(connection, now)
    _quarantine(connection, now)


def _ago(seconds: int) -> datetime:
    return MORNING - timedelta(seconds=seconds)


class _Source(NamedTuple):
    """When it was heard of and until when it is complete; how much was applied, duplicate, quarantined."""

    source: str
    streams: list[str]
    units: list[str]
    cadence: int
    heard: tuple[datetime, datetime] | None
    became: tuple[int, int, int]


def _promise(connection: Connection[Any], told: _Source) -> None:
    connection.execute(
        "insert into source_promise (part, pos, known_at, source, kind, streams, units, cadence, active)"
        " select 0, count(*), %s, %s, 'cloudevents', %s, %s, %s, true from source_promise",
        [MORNING - timedelta(days=30), told.source, told.streams, told.units, told.cadence],
    )
    if told.heard is not None:
        at, complete = told.heard
        connection.execute(
            "insert into source_state (source, last_event_at, last_known_at, heartbeat_at, complete_until, heard_at)"
            " values (%s, %s, %s, %s, %s, %s)",
            [told.source, complete, at, at, complete, at],
        )
        _day(connection, told.source, MORNING, told.became)


def _day(connection: Connection[Any], source: str, now: datetime, became: tuple[int, int, int]) -> None:
    connection.execute(
        "insert into source_day (source, day, applied, duplicates, quarantined, lateness)"
        " values (%s, %s, %s, %s, %s, %s)",
        [source, now.date(), *became, list(_BINS) if became[0] else [0] * 8],
    )


def _log(connection: Connection[Any]) -> None:
    connection.execute(
        "insert into part_offset (part, next_pos, applied, duplicates, quarantined)"
        " select 0, sum(applied + duplicates + quarantined), sum(applied), sum(duplicates), sum(quarantined)"
        " from source_day"
    )
    connection.execute("insert into part_offset (part) select generate_series(1, %s)", [PARTS - 1])
    connection.execute(
        "update part_offset set halted = 'more than 1 percent poison in the last 1,000 records' where part = 5"
    )


def _incidents(connection: Connection[Any], now: datetime) -> None:
    rows = [
        ("silent", "endpoints.moc-chau", 21, None, None, 0),
        ("late", "documents.moc-chau", 60, 5, None, 2),
        ("intake", None, 3_000, 2_900, 2_870, 0),
        ("halted", None, 12, None, None, 0),
    ]
    for cause, source, began, recovered, closed, flaps in rows:
        at = [
            None if minutes is None else now - timedelta(minutes=minutes)
            for minutes in (began, began, recovered, closed)
        ]
        connection.execute(
            "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at, flaps)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            [cause, source, *at, flaps],
        )


def _quarantine(connection: Connection[Any], now: datetime) -> None:
    for pos, (key, reason, place) in enumerate(
        (
            ("H52.17.18-260303-0666", "Invalid enum value 11", "data.status"),
            ("", "not an envelope: Expected `object`, got `array`", None),
            ("document/000.01.32.H52-20260302-000123456789", "the document was due before it came" * 3, "data.due_on"),
        )
    ):
        connection.execute(
            "insert into quarantine (part, pos, appended_at, key, reason, place, body, replayed_as)"
            " values (0, %s, %s, %s, %s, %s, %s, %s)",
            [pos, now - timedelta(minutes=4 + 90 * pos), key, reason, place, b"[]", "0:77" if pos == 1 else None],
        )


def settle_lines(connection: Connection[Any], now: datetime = MORNING, endpoints: int = 12) -> None:
    """Lines of today until `now`: the second is weak, the third was away for two hours, of the fourth no round trip."""
    units = [int(unit.code) for unit in units_on(now.date())]
    start = now.replace(hour=17, minute=0) - timedelta(days=1)  # local midnight
    for number in range(endpoints):
        unit, code = units[number % len(units)], f"phong-hop-{number:02d}"
        connection.execute("insert into quality_endpoint (code, unit, told_at) values (%s, %s, %s)", [code, unit, now])
        connection.execute(
            "insert into cases (id, code, unit, field, channel, status, received_at, is_open, last_at, timeline, kind)"
            " values (%s, %s, %s, 0, 0, %s, %s, true, %s, '', 7)",
            [900 + number, f"endpoint/{code}", unit, 2 if number == 2 else 1, start, now],
        )
    connection.execute(
        "insert into quality_sample (endpoint, at, loss, jitter, rtt, bitrate, mos)"
        " select id, told_at, case id when 2 then 520 else 10 end, 80, 400, 1500, case id when 2 then 231 else 431 end"
        " from quality_endpoint",
    )
    connection.execute(
        "insert into quality_minute"
        " select id, minute, unit, 12, case id when 4 then 0 when 2 then 12 * 231 else 12 * 431 end,"
        " case id when 4 then 0 else 12 end, case id when 4 then null when 2 then 105 else 425 end,"
        " 12 * 10, 12, 520, 85, case id when 4 then null else 450 end"
        " from quality_endpoint, generate_series(%(start)s::timestamptz, %(now)s, interval '1 minute') as minute"
        " where id <> 3 or minute not between %(now)s - interval '4 hours' and %(now)s - interval '2 hours'",
        {"start": start, "now": now},
    )
