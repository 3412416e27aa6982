"""The times that acts go by: the calendar in force, how long an acknowledgement holds, the line of escalations."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, Protocol

import msgspec

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment, datetime_of, moment_of


class Rank(Protocol):
    """Somebody to whom a case is escalated; see `stream.alerts.line`."""

    @property
    def number(self) -> int:
        """The first is 1."""
        ...

    def respond_by(self, now: Moment, calendar: WorkingCalendar) -> Moment:
        """By when they have to answer what they are told now."""
        ...


class Line(Protocol):
    """The line of a unit, the lowest rank first."""

    def after(self, rank: int) -> Rank | None:
        """Who is told next where `rank` (0: nobody yet) was told; None above the last."""
        ...


class Lasting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`lasting.toml`."""

    acknowledged_hours: Annotated[float, msgspec.Meta(gt=0, le=400)]


@cache
def shipped_lasting() -> Lasting:
    """How long acts hold, as the program brings it."""
    return msgspec.toml.decode(files(__package__).joinpath("lasting.toml").read_text(encoding="utf-8"), type=Lasting)


@dataclass(frozen=True, slots=True)
class Times:
    """What the moments in an act are worked out by."""

    calendar: WorkingCalendar
    line: Line

    def acknowledged_until(self, now: datetime) -> datetime:
        """Until when what is acknowledged now counts as such."""
        seconds = round(shipped_lasting().acknowledged_hours * 3600)
        return datetime_of(self.calendar.add(moment_of(now), seconds))
