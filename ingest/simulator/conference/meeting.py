"""One meeting (cuộc họp) with all that ever happens in it, planned as a whole."""

from dataclasses import dataclass
from datetime import datetime

from ingest.simulator.conference.network import Endpoint


@dataclass(frozen=True, slots=True)
class Leg:
    """A connection of a site, from `joined` to `left`; `ident` is what the server calls it."""

    site: Endpoint
    ident: str
    joined: datetime
    left: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that is announced; one with no `started_at` is never held. The last leg ends with the meeting."""

    name: str
    room: str
    announced_at: datetime
    scheduled_at: datetime
    scheduled_until: datetime
    invited: tuple[Endpoint, ...]
    cancelled_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    legs: tuple[Leg, ...] = ()
