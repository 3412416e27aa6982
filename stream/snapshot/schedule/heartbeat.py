"""Schedulers and their signs of life."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.snapshot.store.queries import query

KEPT: Final = timedelta(days=30)
"""How long a scheduler that is gone is remembered."""


class Sign(NamedTuple):
    """A scheduler: its name, since when it runs, and what it is doing."""

    name: str
    started_at: datetime
    doing: str


def beat(connection: Connection[Any], sign: Sign, now: datetime) -> None:
    """Write a sign of life."""
    connection.execute(query("schedule_beat"), {**sign._asdict(), "now": now})


def last_seen(connection: Connection[Any]) -> datetime | None:
    """When any scheduler was last heard of."""
    row = connection.execute(query("schedule_seen")).fetchone()
    return None if row is None else row[0]


def forget(connection: Connection[Any], now: datetime) -> None:
    """Forget schedulers that have been gone for long."""
    connection.execute(query("schedule_forget_schedulers"), {"before": now - KEPT})
