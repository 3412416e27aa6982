"""Reading how far and how fresh everything is: the cut, the latest events, the sources."""

from datetime import UTC, datetime
from typing import Any, Final

from psycopg import Connection

from stream.live.board import Cut, Happened, SourceSign, Tallies
from stream.live.freshness import Freshness
from stream.store.queries import query

LATEST: Final = 12
"""Cases in the ticker."""
_LOOK_BACK: Final = 60


def read_cut(connection: Connection[Any]) -> Cut:
    """How far the log has been applied; one statement."""
    rows = connection.execute(query("read_cut")).fetchall()
    received, applied, duplicates, quarantined = (sum(row[place] for row in rows) for place in range(2, 6))
    return Cut(
        positions={part: position for part, position, *_ in rows},
        known_until=_utc(max((row[7] for row in rows if row[7] is not None), default=None)),
        tallies=Tallies(received, applied, duplicates, quarantined),
        halted=tuple(row[0] for row in rows if row[6]),
    )


def read_latest(connection: Connection[Any]) -> tuple[Happened, ...]:
    """The cases of which something became known last, newest first."""
    rows = connection.execute(query("read_latest"), {"most": LATEST, "look_back": _LOOK_BACK})
    return tuple(
        Happened(code, f"{unit:05d}", status, at.astimezone(UTC), known_at.astimezone(UTC))
        for code, unit, status, at, known_at in rows
    )


def read_sources(connection: Connection[Any], freshness: Freshness, now: datetime) -> tuple[SourceSign, ...]:
    """Every source with its last signs of life."""
    rows = connection.execute(query("read_sources")).fetchall()
    return tuple(
        SourceSign(
            source, _utc(event_at), _utc(known_at), _utc(heartbeat_at),
            freshness.of_source(max((at for at in (known_at, heartbeat_at) if at is not None), default=None), now),
        )
        for source, event_at, known_at, heartbeat_at in rows
    )  # fmt: skip


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
