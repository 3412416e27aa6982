"""What is known of a source: its promise, its signs of life, and what became of everything it sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stream.core.freshness import SourceState

LATENESS_DAYS: Final = 7
"""Local days, today's among them, that the histogram of lateness is about."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the records of a source: received = applied + duplicates + quarantined."""

    received: int = 0
    applied: int = 0
    duplicates: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source that promised something or was heard of.

    `cadence` is how many seconds of working time it may be silent; None: it promised none, is never late, and makes
    no figure late. `active` is false once it was revoked. `heard_at` is when the log took the newest record of it,
    `last_known_at` the newest event that counted, `last_event_at` the newest moment that an event told of; heartbeat
    and `complete_until` are its own words. `total` counts all records since ever, `today` those that the log took on
    this local day, `lateness` the applied ones of the last LATENESS_DAYS by how long after their own time they came
    (`stream.apply.plan.LATENESS`). Sources without a kind never promised: the centre itself (`ioc.rules`,
    `ioc.sources`), and "" for records of which not even the envelope could be read.
    """

    source: str
    kind: str
    streams: tuple[str, ...]
    units: tuple[str, ...]
    cadence: int | None
    state: SourceState
    last_event_at: datetime | None = None
    last_known_at: datetime | None = None
    heartbeat_at: datetime | None = None
    complete_until: datetime | None = None
    total: Tally = Tally()
    today: Tally = Tally()
    lateness: tuple[int, ...] = (0,) * 8
    heard_at: datetime | None = None
    active: bool = True
