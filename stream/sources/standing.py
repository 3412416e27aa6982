"""How each source stands now: its newest promise and its last signs of life, held against the working calendar."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from stream.core.calendar import WorkingCalendar
from stream.core.freshness import Promise, Signs, SourceState, standing
from stream.core.moment import Moment, moment_of
from stream.sources.calendar import read_calendar
from stream.store.queries import query


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source that promised something or was heard of; see `stream.sources.health` for its fields.

    `since` is when the log took the promise that holds now, None where the source never declared one.
    """

    source: str
    kind: str
    streams: tuple[str, ...]
    units: tuple[str, ...]
    cadence: int | None
    active: bool
    since: datetime | None
    last_event_at: datetime | None
    last_known_at: datetime | None
    heartbeat_at: datetime | None
    complete_until: datetime | None
    heard_at: datetime | None
    state: SourceState = "never"

    @property
    def promise(self) -> Promise | None:
        """What it can be held to; None for a source that promised no cadence, or was revoked."""
        if not self.active or self.cadence is None or self.since is None:
            return None
        return Promise(self.cadence, moment_of(self.since))

    @property
    def signs(self) -> Signs:
        """The last that it was heard of, as the core takes it."""
        told = (self.heard_at, self.complete_until, self.last_event_at, self.last_known_at)
        return Signs(*(None if at is None else moment_of(at) for at in told))

    @property
    def fails(self) -> bool:
        """Whether figures wait for it: it promised, and is late, silent, or was never heard of."""
        return self.promise is not None and self.state in {"late", "silent", "never"}


def read_standings(connection: Connection[Any], now: datetime) -> tuple[SourceStanding, ...]:
    """Every source that promised something or was heard of, by its id, as it stands now (an aware moment).

    Two small statements; the connection finds the tables of the stream by its search path.
    """
    return standings_by(connection, read_calendar(connection), now)


def standings_by(connection: Connection[Any], calendar: WorkingCalendar, now: datetime) -> tuple[SourceStanding, ...]:
    """The same by a calendar that is at hand."""
    at = moment_of(now)
    rows = connection.execute(query("read_sources")).fetchall()
    return tuple(_standing(row, calendar, at) for row in rows)


def _standing(row: tuple[Any, ...], calendar: WorkingCalendar, now: Moment) -> SourceStanding:
    source, kind, streams, units, cadence, active, *moments = row
    since, event_at, known_at, beat_at, complete_until, heard_at = map(_utc, moments)
    known = SourceStanding(
        source, kind or "", tuple(streams or ()), tuple(units or ()), cadence, active is not False,
        since, event_at, known_at, beat_at, complete_until, heard_at,
    )  # fmt: skip
    return replace(known, state=standing(known.promise, known.signs, now, calendar))


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
