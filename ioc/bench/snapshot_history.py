"""Half a year of thirty units to take snapshots of, told through the log as of a month ago, and what comes later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from unittest.mock import patch

from psycopg import Connection

from geo.generations import _units_of, generation_on
from geo.units import Unit, all_units
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.onestop import RECORDED, ApplicationRecorded, Channel, Papers, Status
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry

UNITS: Final = 30
_DAYS: Final = 180
_AGO: Final = timedelta(days=31)
_SOURCE: Final = "onestop.bench"


@contextmanager
def thirty_units(day: datetime) -> Iterator[tuple[str, ...]]:
    """The units in force on that day, and as many made up beside them as make thirty, while the block runs.

    The product knows the eight units of today: a province's worth of places has to be pretended.
    """
    real = [unit for unit in all_units() if unit.in_force_on(day.date())]
    like = real[0]
    more = [
        Unit(f"{90_001 + number}", f"Bản {number + 1}", "Xã", like.valid_from, like.valid_to, like.lon, like.lat,
             like.west, like.south, like.east, like.north)
        for number in range(UNITS - len(real))
    ]  # fmt: skip
    pretended = (*all_units(), *more)
    with (
        patch("geo.generations.all_units", lambda: pretended),
        patch("stream.report.scope.all_units", lambda: pretended),
    ):
        _units_of.cache_clear()
        yield tuple(sorted(generation_on(day.date()).unit_codes))
    _units_of.cache_clear()


def applications(count: int, until: datetime, units: tuple[str, ...], first: int = 0) -> Iterator[Entry]:
    """So many applications of half a year before a moment, with five records each; one in fifty is filed again late."""
    dice = Random(first)  # noqa: S311 - repeatable, not secret
    for number in range(first, first + count):
        filed = until - timedelta(seconds=dice.randrange(_DAYS * 86_400))
        received = filed + timedelta(minutes=dice.randrange(5, 300))
        due = received + timedelta(days=dice.randrange(2, 20))
        ended = received + (due - received) * dice.uniform(0.1, 1.02)
        field = number % 24
        state: dict[str, Any] = {
            "application": f"H52.17.18-B{number:07}", "procedure": f"1.{field:06}", "field": f"G09-LV{field:02}",
            "field_name": f"Lĩnh vực {field}", "agency": "H52.17.18", "unit": dice.choice(units),
            "channel": Channel.ONLINE if dice.random() < 0.85 else Channel.DIRECT, "submitted_at": filed,
            "fee": 15_000, "digitised": dice.random() < 0.8, "papers": Papers(submitted=3, digitised=2),
        }  # fmt: skip
        told: tuple[tuple[Status, datetime, dict[str, datetime]], ...] = (
            (Status.NEW, filed, {}),
            (Status.RECEIVED, received, {"received_at": received, "due_at": due}),
            (Status.IN_PROGRESS, received + timedelta(minutes=30), {}),
            (Status.SETTLED, ended, {"ended_at": ended}),
            (Status.RETURNED, ended + timedelta(hours=2), {"returned_at": ended + timedelta(hours=2)}),
        )
        for status, at, more in told:
            state |= more
            if at <= until:
                yield _entry(status, at, ApplicationRecorded(status=status, **state))


def month_ago(connection: Connection[Any]) -> datetime:
    """Have all that lies in the log be appended a month ago; answers the last moment of it."""
    connection.execute("update ingest.entry set appended_at = appended_at - %s", [_AGO])
    connection.execute("update ingest.head set appended_at = appended_at - %s", [_AGO])
    [(last,)] = connection.execute("select max(appended_at) from ingest.entry").fetchall()
    found: datetime = last
    return found


def _entry(status: Status, at: datetime, state: ApplicationRecorded) -> Entry:
    code = state.application
    envelope = Envelope(
        id=f"{code}/{status}", source=_SOURCE, type=RECORDED, subject=code, time=at, dataschema=dataschema(RECORDED),
        data=wrap(state),
    )  # fmt: skip
    return Entry(code, encode_envelope(envelope))
