"""A small district in the tables: five weeks of figures, the latest events, sources that report."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection
from psycopg.errors import DeadlockDetected

from geo.units import units_on
from stream.core.ledger import Measure
from stream.core.moment import Moment, day_of, moment_of, start_of
from tests.ledgers import Posted, fill

DAYS = 35
OVERDUE = {3980: 6, 3982: 3, 4033: 2, 4045: 1}
"""Of all units those with overdue applications, by their code as a number."""

_SHARES = {3979: 70, 3980: 110, 3982: 90, 3985: 45, 3997: 50, 4000: 40, 4033: 60, 4045: 25}
_STATUSES = (9, 2, 4, 5, 10, 2, 9, 4)


def settle_in(connection: Connection[Any], now: datetime) -> None:
    """Fill the tables with the district as of `now`."""
    fill(connection, list(postings(moment_of(now))))
    _post_latest(connection, now)


def postings(now: Moment) -> Iterator[Posted]:
    """What was posted until `now`: every unit receives, settles most, and leaves some open."""
    for unit, share in _SHARES.items():
        for day in range(day_of(now) - DAYS, day_of(now) + 1):
            yield from _day(unit, share, day, now)
        if unit in OVERDUE:
            yield Posted(Measure.OVERDUE_IN, unit, start_of(day_of(now)) - 60, n=OVERDUE[unit])


def _day(unit: int, share: int, day: int, now: Moment) -> Iterator[Posted]:
    rest = day % 7 in {2, 3}  # day 0, 1 Jan 1970, was a Thursday
    received = 2 if rest else share + (unit * 7 + day * 13) % 17 - 8
    at = min(start_of(day) + 9 * 3600, now - 60)
    online = received * 4 // 5
    settled = 0 if rest else received - day % 3
    early = settled * 5 // 6
    yield Posted(Measure.RECEIVED, unit, at, n=online, channel=2)
    yield Posted(Measure.RECEIVED, unit, at, n=received - online, channel=1)
    yield Posted(Measure.OPEN_IN, unit, at, n=received)
    yield Posted(Measure.SETTLED_EARLY, unit, at, n=early)
    yield Posted(Measure.SETTLED_ON_DATE, unit, at, n=settled - early)
    yield Posted(Measure.OPEN_OUT, unit, at, n=settled)
    soon, was_soon = (2 + (unit + each) * 7 % 5 for each in (day, day - 1))
    yield Posted(Measure.DUE_SOON_IN, unit, at, n=soon)
    yield Posted(Measure.DUE_SOON_OUT, unit, at, n=was_soon)
    yield Posted(Measure.OVERDUE_IN, unit, start_of(day), n=1 + (unit + day) % 2)
    yield Posted(Measure.OVERDUE_OUT, unit, at, n=1 + (unit + day) % 2)
    if unit == 3980 and day % 11 == 0:
        yield Posted(Measure.SETTLED_LATE, unit, at)


def _post_latest(connection: Connection[Any], now: datetime) -> None:
    codes = [unit.code for unit in units_on(now.date())]
    connection.execute("truncate cases, event, part_offset, source_state")
    for place, status in enumerate(_STATUSES):
        at = now - timedelta(seconds=7 + 23 * place)
        position = 61_347 - place
        connection.execute(
            "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline)"
            " values (%s, %s, %s, 1, 2, %s, true, %s, '')",
            [position, f"H52.17.{18 + place}-{at:%y%m%d}-{1400 - place:04d}", int(codes[place]), status, at],
        )
        connection.execute(
            "insert into event (part, pos, appended_at, case_id, eid, at, body) values (0, %s, %s, %s, %s, %s, '')",
            [position, at, position, position, at],
        )
    connection.execute(
        "insert into part_offset (part, next_pos, applied, duplicates, quarantined) values (0, 61348, 61290, 55, 3)"
    )
    connection.execute(
        "insert into source_state (source, last_event_at, last_known_at, heartbeat_at) values ('onestop', %s, %s, %s)",
        [now, now, now + timedelta(days=1)],  # so that it isn't silent at the end of a long test run either
    )


def truncate(connection: Connection[Any], tables: str) -> None:
    """Empty tables under a running dashboard, again where its reading held one and waited for another."""
    while True:
        try:
            connection.execute(f"truncate {tables}".encode())
        except DeadlockDetected:
            continue
        return


def receive(connection: Connection[Any], unit: int, count: int, *, at: datetime | None = None) -> None:
    """Post so many applications as received at a moment, just now where none is given; they become known now."""
    known = datetime.now(UTC)
    row = {"unit": unit, "n": count, "measure": int(Measure.RECEIVED), "at": at or known, "known": known}
    day = "(%(at)s at time zone 'Asia/Ho_Chi_Minh')::date"
    for table, when in (("rollup_unit_day", day), ("rollup_unit_month", f"date_trunc('month', {day})::date")):
        connection.execute(
            f"insert into {table} (measure, unit, day, n) values (%(measure)s, %(unit)s, {when}, %(n)s)"
            f" on conflict (measure, unit, day) do update set n = {table}.n + excluded.n".encode(),
            row,
        )
    connection.execute(
        "insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n)"
        " values (-1, %(at)s, %(known)s, 0, 1, %(measure)s, %(unit)s, 1, 2, %(n)s)",
        row,
    )
