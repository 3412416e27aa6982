"""Whether a source reports as it promised: silence counts in working time (handbook 4.3).

Silence at night is normal; silence at nine on a working day is an incident. All is exact to the second.
"""

from typing import Literal, NamedTuple, TypeAlias

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment

SourceState: TypeAlias = Literal["live", "late", "silent", "closed", "never"]
"""live: heard of within its cadence; late: alive, but what it tells lags by more than that; silent: not heard of for
longer; closed: outside working hours, and neither of those; never: it promised, and was not heard of yet."""


class Promise(NamedTuple):
    """A sign of life in every `cadence` seconds of working time, promised at `since`."""

    cadence: int
    since: Moment


class Signs(NamedTuple):
    """The last that a source was heard of.

    `heard` is when the log took the newest record of it. `complete_until` is its own word: all until then was sent.
    `event_at` is the newest moment that an event of it told of, `event_known` when the log took the newest event.
    """

    heard: Moment | None = None
    complete_until: Moment | None = None
    event_at: Moment | None = None
    event_known: Moment | None = None


def standing(promise: Promise | None, signs: Signs, now: Moment, calendar: WorkingCalendar) -> SourceState:
    """How the source stands now. One that promised nothing is live once it was heard of, for ever."""
    if signs.heard is None:
        return "never"
    if promise is None:
        return "live"
    if is_overdue(promise, signs, now, calendar):
        return "silent"
    if lag(signs, calendar) > promise.cadence:
        return "late"
    return "live" if is_working(now, calendar) else "closed"


def is_overdue(promise: Promise, signs: Signs, now: Moment, calendar: WorkingCalendar) -> bool:
    """Whether the next sign of life should have come before now; the first one counts from the promise on."""
    return calendar.measure(_last_sign(promise, signs), now) > promise.cadence


def overdue_from(promise: Promise, signs: Signs, calendar: WorkingCalendar) -> Moment:
    """The first moment of the silence that begins now unless the source is heard of."""
    return calendar.add(_last_sign(promise, signs), promise.cadence + 1)


def lag(signs: Signs, calendar: WorkingCalendar) -> int:
    """How many seconds of working time what the source told lagged behind when it told it; never below 0.

    Its word on how far it is complete counts, where it gives one: then a quiet hour is no lag, and what happened long
    ago may come in late beside what is new. Else the newest event's own time is all there is.
    """
    if signs.complete_until is not None and signs.heard is not None:
        return max(0, calendar.measure(signs.complete_until, signs.heard))
    if signs.event_at is not None and signs.event_known is not None:
        return max(0, calendar.measure(signs.event_at, signs.event_known))
    return 0


def is_working(now: Moment, calendar: WorkingCalendar) -> bool:
    """Whether the second that begins now is working time."""
    return calendar.measure(now, now + 1) == 1


def _last_sign(promise: Promise, signs: Signs) -> Moment:
    return promise.since if signs.heard is None else max(signs.heard, promise.since)
