"""Whether sources report as they should: silence counts in working time (handbook 4.3).

Silence at night is normal; silence at nine on a working day is an incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from stream.core.calendar import WorkingCalendar
from stream.core.moment import moment_of
from stream.core.public_holidays import office_calendar
from stream.kpi.figure import State
from stream.live.board import Cut, SourceSign


@dataclass(frozen=True)
class Freshness:
    """How many seconds of working time a source may be silent (C: a working assumption)."""

    calendar: WorkingCalendar
    silence: int = 30 * 60

    def of_source(self, last_sign: datetime | None, now: datetime) -> State:
        """Whether a source that was last heard of then is late now."""
        if last_sign is None:
            return "late"
        silent = self.calendar.measure(moment_of(last_sign), moment_of(now))
        return "late" if silent > self.silence else "live"

    def of_area(self, sources: Sequence[SourceSign], cut: Cut, now: datetime) -> State:
        """Whether the figures of the area are late.

        They are when a source that sends heartbeats is silent, when all are, or when a partition was stopped. A
        source that never sent a heartbeat, such as a file read once, promised no cadence.
        """
        newest = max((sign for source in sources if (sign := last_sign(source)) is not None), default=None)
        promised = any(source.state == "late" for source in sources if source.heartbeat_at is not None)
        return "late" if promised or cut.halted or self.of_source(newest, now) == "late" else "live"


def last_sign(source: SourceSign) -> datetime | None:
    """When anything was last known of a source, an event or a heartbeat."""
    return max((at for at in (source.last_known_at, source.heartbeat_at) if at is not None), default=None)


@cache
def office_freshness() -> Freshness:
    """Half an hour of office time."""
    return Freshness(office_calendar())
