"""What can be told of the sources at a moment that is over: what they had promised by then, and what was wrong.

Their signs of life are not kept: how a source stood then is only known where it was an incident.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.sources.incident import Incident
from stream.store.queries import query


@dataclass(frozen=True, slots=True)
class Promised:
    """The newest promise of a source that was known at a moment; see `stream.sources.health` for its fields."""

    source: str
    kind: str
    streams: tuple[str, ...]
    units: tuple[str, ...]
    cadence: int | None


def read_promised(connection: Connection[Any], known_at: datetime) -> tuple[Promised, ...]:
    """What each source had promised, by its id; those that were revoked by then are left out. One small statement."""
    rows = connection.execute(query("read_promised"), {"known_at": known_at}).fetchall()
    return tuple(
        Promised(source, kind, tuple(streams), tuple(units), cadence) for source, kind, streams, units, cadence in rows
    )


def as_of(incidents: Iterable[Incident], at: datetime) -> tuple[Incident, ...]:
    """The incidents that were seen by a moment, as they stood then; how often one had flapped by then is not kept."""
    return tuple(
        replace(each, recovered_at=_by(each.recovered_at, at), closed_at=_by(each.closed_at, at), flaps=0)
        for each in incidents
        if each.seen_at <= at
    )


def _by(when: datetime | None, at: datetime) -> datetime | None:
    return when if when is not None and when <= at else None
