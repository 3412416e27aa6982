"""What an application counts for: its set of ledger entries."""

from itertools import pairwise

from stream.core.application import RETURNED, SETTLED, Application
from stream.core.calendar import WorkingCalendar
from stream.core.clock import outcome, thresholds
from stream.core.ledger import Entry, Measure
from stream.core.moment import Moment
from stream.core.span import Span, overlap, without

# Plain numbers: an entry is hashed and compared a million times a minute, and an enum does both in Python.
_RECEIVED, _CLOSED_UNSETTLED = int(Measure.RECEIVED), int(Measure.CLOSED_UNSETTLED)
_MOVED_IN, _MOVED_OUT = int(Measure.MOVED_IN), int(Measure.MOVED_OUT)
_OPEN = int(Measure.OPEN_IN), int(Measure.OPEN_OUT)
_PAUSED = int(Measure.PAUSED_IN), int(Measure.PAUSED_OUT)
_DUE_SOON = int(Measure.DUE_SOON_IN), int(Measure.DUE_SOON_OUT)
_OVERDUE = int(Measure.OVERDUE_IN), int(Measure.OVERDUE_OUT)

_SETTLED = frozenset({SETTLED, RETURNED})

Stay = tuple[Moment, Moment | None, int]
"""A time, up to its end or None while it lasts, in which a level counts for a unit."""


def entries(application: Application, calendar: WorkingCalendar) -> frozenset[Entry]:
    """All entries of the application, past and future. Empty while it has not been received."""
    if application.received is None:
        return frozenset()
    posted = _Posted(application.field, application.channel)
    stretches, pauses, ended = application.stretches, application.pauses, application.ended
    posted.flow(_RECEIVED, stretches[0].start, stretches[0].unit)
    stays = _joined([(stretch.start, stretch.end, stretch.unit) for stretch in stretches])
    posted.level(_OPEN, stays)
    for (_, _, left), (moved, _, joined) in pairwise(stays):
        posted.flow(_MOVED_OUT, moved, left)
        posted.flow(_MOVED_IN, moved, joined)
    if pauses:
        halts = [(part, stay[2]) for span in pauses for stay in stays if (part := overlap(span, Span(*stay[:2])))]
        posted.level(_PAUSED, [(part.start, part.end, unit) for part, unit in halts])
    soon, late = _towards_due(application, calendar)
    posted.level(_DUE_SOON, _running(soon, pauses))
    posted.level(_OVERDUE, _running(late, pauses))
    if ended is not None:
        settled = application.status in _SETTLED
        measure = int(outcome(ended, application.due)) if settled else _CLOSED_UNSETTLED
        posted.flow(measure, ended, stretches[-1].unit)
    return frozenset(posted.entries)


def counts_alike(one: Application | None, other: Application) -> bool:
    """Whether two states of an application count for the same, so that the entries need not be made again.

    Most events change nothing that counts: taken into work after receipt, returned after settlement.
    """
    return (
        one is not None
        and one.stretches == other.stretches
        and one.ended == other.ended
        and one.due == other.due
        and one.pauses == other.pauses
        and one.field == other.field
        and one.channel == other.channel
        and (one.status in _SETTLED) == (other.status in _SETTLED)
    )


class _Posted:
    """Entries as they are gathered: field and channel are the application's own, the rest is each entry's."""

    def __init__(self, field: int, channel: int) -> None:
        self.entries: list[Entry] = []
        self._field = field
        self._channel = channel

    def flow(self, measure: int, at: Moment, unit: int) -> None:
        self.entries.append(Entry(measure, at, unit, self._field, self._channel))

    def level(self, steps: tuple[int, int], stays: list[Stay]) -> None:
        rise, fall = steps
        field, channel = self._field, self._channel
        for start, end, unit in stays:
            if end is None:
                self.entries.append(Entry(rise, start, unit, field, channel))
            elif end > start:
                self.entries.append(Entry(rise, start, unit, field, channel))
                self.entries.append(Entry(fall, end, unit, field, channel))


def _towards_due(application: Application, calendar: WorkingCalendar) -> tuple[list[Stay], list[Stay]]:
    """Due within one working day until the due date is over, overdue from then on."""
    soon: list[Stay] = []
    late: list[Stay] = []
    for start, end, unit, due in application.stretches:
        if due is None:
            continue
        near, over = thresholds(due, calendar)
        if end is None or end > over:
            late.append((max(start, over), end, unit))
        first, last = max(start, near), over if end is None else min(end, over)
        if first < last:
            soon.append((first, last, unit))
    return soon, late


def _running(stays: list[Stay], pauses: tuple[Span, ...]) -> list[Stay]:
    """The stays without the time in which the clock stood."""
    joined = _joined(stays)
    if not pauses:
        return joined
    return [(part.start, part.end, unit) for start, end, unit in joined for part in without(Span(start, end), pauses)]


def _joined(stays: list[Stay]) -> list[Stay]:
    """The same stays, those that touch in the same unit as one: what goes on does not fall and rise."""
    if len(stays) < 2:
        return stays
    joined = stays[:1]
    for stay in stays[1:]:
        last = joined[-1]
        if last[1] == stay[0] and last[2] == stay[2]:
            joined[-1] = (last[0], stay[1], stay[2])
        else:
            joined.append(stay)
    return joined
