"""Snapshots of January 2026 that are asked for, over what `tests.building.lives` tells."""

from datetime import date, datetime
from typing import Any

import psycopg

from stream.kpi.definition import Bilingual
from stream.kpi.period import Period, parse_period
from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from tests.building.moments import local
from tests.building.snapshots import a_witness

WITNESS = a_witness(figures=())


def a_month(known_at: datetime, **changes: Any) -> Wanted:
    """The calendar month, as its last second had it."""
    told: dict[str, Any] = {
        "kind": "index-month",
        "title": Bilingual("Bộ chỉ số tháng", "Index of the month"),
        "period": parse_period("2026-01", "index"),
        "grain": "month",
        "version": 1,
        "due_at": local("2026-02-16 08:00"),
        "as_of": datetime.fromisoformat("2026-01-31T23:59:59+07:00"),
        "known_at": known_at,
    }
    return Wanted(**{**told, **changes})


def a_day(known_at: datetime, **changes: Any) -> Wanted:
    """The 28th, as of half past four."""
    day = date(2026, 1, 28)
    at = local("2026-01-28 16:30")
    told: dict[str, Any] = {
        "kind": "daily",
        "period": Period(None, day.replace(day=1), day, f"{day}"),
        "grain": "day",
        "due_at": at,
        "as_of": at,
    }
    return a_month(known_at, **{**told, **changes})


def a_quarter(known_at: datetime, **changes: Any) -> Wanted:
    """The statutory quarter, from 15 December to 14 March."""
    told: dict[str, Any] = {
        "kind": "statutory-quarter",
        "period": parse_period("2026-Q1", "statutory"),
        "grain": "quarter",
        "as_of": datetime.fromisoformat("2026-03-14T23:59:59+07:00"),
    }
    return a_month(known_at, **{**told, **changes})


def now_of(connection: psycopg.Connection) -> datetime:
    """The moment by the clock of the log."""
    [(now,)] = connection.execute("select clock_timestamp()").fetchall()
    found: datetime = now
    return found


def bytes_of(connection: psycopg.Connection, wanted: Wanted) -> bytes:
    """What is sealed of it, always witnessed alike."""
    return canonical(read_snapshot(connection, wanted, WITNESS))
