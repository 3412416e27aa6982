"""The course of an open case from a moment on: phases in which nothing changes but what the clock makes of it. Pure.

Nearly every case has one phase without end. One has more where a record bears a moment that is still to come.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment

NEVER: Final[Moment] = 2**62


class Phase(NamedTuple):
    """From `start` up to but not including `end` (NEVER: for good, as far as is known).

    `paused` is since when the clock stands, None while it runs; `payment` tells a wait for a financial obligation from
    one for papers.
    """

    start: Moment
    end: Moment
    unit: int
    status: int
    due: Moment | None
    paused: Moment | None = None
    payment: bool = False


class Course(NamedTuple):
    """What is known of an open case. Numbers are those of the store; `calendar` is that of the case's own rules.

    A letter of apology is owed from `owed` on and settled from `sent` on; from `late` on it is late by the index
    because further papers were asked for twice. Each is NEVER where that will not be, as far as is known.
    """

    number: int
    code: str
    kind: int
    field: int
    procedure: int
    channel: int
    level: int
    received: Moment
    calendar: WorkingCalendar
    phases: tuple[Phase, ...]
    owed: Moment = NEVER
    sent: Moment = NEVER
    late: Moment = NEVER


def phases_from(
    now: Moment, changes: Iterable[Moment], at: Callable[[Moment, Moment], Phase | None]
) -> tuple[Phase, ...]:
    """The phases from `now` on, cut where something changes; `at` answers the one from a moment to another, if open."""
    starts = [now, *sorted({moment for moment in changes if moment > now})]
    ends = [*starts[1:], NEVER]
    found = (at(start, end) for start, end in zip(starts, ends, strict=True))
    return tuple(phase for phase in found if phase is not None)
