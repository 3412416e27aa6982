"""Whether a figure can be trusted, and which sources it waits for."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from psycopg import Connection

from dashboard.figure.asked import Asked
from stream.core.calendar import WorkingCalendar
from stream.core.moment import moment_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import StateOf
from stream.live.signs import read_cut
from stream.sources.calendar import read_calendar
from stream.sources.inheriting import Inherited, inherited
from stream.sources.standing import SourceStanding, standings_by

Frozen: TypeAlias = Literal["halted", "away"]
_KEPT: Final = 60.0
"""Seconds for which the calendar is good."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How the sources stand now. Of a moment that is over nobody kept how they stood: `inherited` is None then."""

    now: datetime
    calendar: WorkingCalendar
    sources: Sequence[SourceStanding] = ()
    inherited: Inherited | None = None
    halted: Sequence[int] = ()

    @property
    def state_of(self) -> StateOf | None:
        """The state of each figure."""
        return None if self.inherited is None else self.inherited.state_of

    @property
    def frozen(self) -> Frozen:
        """Why nothing is applied."""
        return "halted" if self.halted else "away"

    def causes(self, kpi: Kpi, unit: str | None) -> list[dict[str, object]]:
        """The sources that the figure of the unit (None: the area) waits for in vain."""
        if self.inherited is None:
            return []
        at = moment_of(self.now)
        waiting = (each for each in self.sources if each.fails and Inherited([each], at).state_of(kpi, unit) != "live")
        return [
            {"source": each.source, "state": each.state, "heard_at": each.heard_at, "streams": sorted(each.streams)}
            for each in waiting
        ]


class Calendars:
    """The working calendar in force, read again after a minute: it changes a few times a year.

    As known at an earlier moment it is read each time.
    """

    def __init__(self) -> None:
        self._kept: tuple[float, WorkingCalendar] | None = None

    def read(self, connection: Connection[Any], known_at: datetime | None = None) -> WorkingCalendar:
        """The calendar; one small statement where it is not at hand."""
        if known_at is not None:
            return read_calendar(connection, known_at)
        if self._kept is None or time.monotonic() - self._kept[0] > _KEPT:
            self._kept = time.monotonic(), read_calendar(connection)
        return self._kept[1]


def read_trust(connection: Connection[Any], asked: Asked, now: datetime, calendars: Calendars) -> Trust:
    """How the sources stand at `now`; two small statements, none for a moment that is over."""
    if asked.is_past:
        return Trust(now, calendars.read(connection, asked.known_at))
    cut = read_cut(connection)  # first, as `stream.rebuild.replace` locks it
    calendar = calendars.read(connection)
    sources = standings_by(connection, calendar, now)
    return Trust(now, calendar, sources, inherited(sources, now, halted=len(cut.halted), behind=cut.behind), cut.halted)
