"""Reading how the sources stand and what became of what they sent, and what incidents there were."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from stream.apply.plan import LATENESS
from stream.core.moment import date_of, day_of, moment_of
from stream.sources.health import LATENESS_DAYS, SourceHealth, Tally
from stream.sources.incident import Incident
from stream.sources.standing import SourceStanding, read_standings
from stream.store.queries import query

_NOTHING = (0,) * (len(LATENESS) + 1)


def read_source_health(connection: Connection[Any], now: datetime) -> tuple[SourceHealth, ...]:
    """Every source that promised something or was heard of, by its id, as it stands now (an aware moment).

    Three small statements; the connection finds the tables of the stream by its search path.
    """
    today = date_of(day_of(moment_of(now)))
    days = {"today": today, "before": today - timedelta(days=LATENESS_DAYS)}
    tallies = {row[0]: row[1:] for row in connection.execute(query("read_source_days"), days).fetchall()}
    stand = {each.source: each for each in read_standings(connection, now)}
    return tuple(_health(source, stand.get(source), tallies.get(source)) for source in sorted(stand | tallies))


def read_incidents(connection: Connection[Any], since: datetime) -> tuple[Incident, ...]:
    """Every incident that is open, or was seen or closed since then (an aware moment), the newest first."""
    rows = connection.execute(query("read_incidents"), {"since": since}).fetchall()
    return tuple(_incident(row) for row in rows)


def _health(source: str, stand: SourceStanding | None, row: tuple[Any, ...] | None) -> SourceHealth:
    *counts, lateness = row or (0, 0, 0, 0, 0, 0, None)
    told = tuple(lateness or _NOTHING)
    total, today = _tally(counts[:3]), _tally(counts[3:])
    if stand is None:
        return SourceHealth(source, "", (), (), None, "live", total=total, today=today, lateness=told)
    return SourceHealth(
        source, stand.kind, stand.streams, stand.units, stand.cadence, stand.state,
        stand.last_event_at, stand.last_known_at, stand.heartbeat_at, stand.complete_until,
        total, today, told, stand.heard_at, stand.active,
    )  # fmt: skip


def _tally(counts: Iterable[int]) -> Tally:
    applied, duplicates, quarantined = counts
    return Tally(applied + duplicates + quarantined, applied, duplicates, quarantined)


def _incident(row: tuple[Any, ...]) -> Incident:
    cause, source, began_at, seen_at, recovered_at, closed_at, flaps = row
    return Incident(
        cause, source, began_at.astimezone(UTC), seen_at.astimezone(UTC), _utc(recovered_at), _utc(closed_at), flaps
    )


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
