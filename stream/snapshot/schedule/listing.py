"""Slots as they stand, for people: what was made, what is late and why, what waits and for what."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.snapshot.store.queries import query

PATIENCE: Final = timedelta(minutes=5)
"""A slot that came so long ago and is not sealed is late."""


class Listed(NamedTuple):
    """A slot; what is None came to be with the seal. `delivered` of so many `receivers`."""

    kind: str
    period: str
    version: int
    due_at: datetime
    origin: str
    state: str
    attempts: int
    late: Sequence[str]
    error: str | None
    number: int | None
    digest: str | None
    is_partial: bool | None
    sealed_at: datetime | None
    receivers: int
    delivered: int


class Waiting(NamedTuple):
    """A slot that has come and is not sealed."""

    kind: str
    period: str
    version: int
    due_at: datetime
    state: str
    attempts: int
    late: Sequence[str]
    error: str | None


class Listing(NamedTuple):
    """Which slots are listed: of one kind or of all, those that are or were late or all, the newest first."""

    kind: str | None = None
    only_late: bool = False
    most: int = 100


def read_slots(connection: Connection[Any], listing: Listing, now: datetime) -> Sequence[Listed]:
    """The slots that are listed, the newest first."""
    given = {
        "kind": listing.kind, "late": listing.only_late, "late_before": now - PATIENCE, "most": listing.most,
    }  # fmt: skip
    return [Listed(*row) for row in connection.execute(query("schedule_list"), given).fetchall()]


def read_waiting(connection: Connection[Any], now: datetime) -> Sequence[Waiting]:
    """The slots that have come and are not sealed, the oldest first."""
    return [Waiting(*row) for row in connection.execute(query("schedule_waiting"), {"now": now}).fetchall()]
