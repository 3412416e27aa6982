"""What an application counts for: its set of ledger entries."""

from collections.abc import Iterator

from stream.core.application import RETURNED, SETTLED, Application
from stream.core.calendar import WorkingCalendar
from stream.core.clock import due_soon_from, outcome, overdue_from
from stream.core.ledger import Entry, Measure
from stream.core.moment import Moment
from stream.core.span import Span, cut, overlap, without

Mark = tuple[int, Moment, int]
"""Measure, moment, unit: an entry before field and channel are added."""


def entries(application: Application, calendar: WorkingCalendar) -> frozenset[Entry]:
    """All entries of the application, past and future. Empty while it has not been received."""
    if application.received is None:
        return frozenset()
    field, channel = application.field, application.channel
    marks = _marks(application, calendar)
    return frozenset([Entry(measure, at, unit, field, channel) for measure, at, unit in marks])


def _marks(application: Application, calendar: WorkingCalendar) -> Iterator[Mark]:
    first, last = application.stretches[0], application.stretches[-1]
    yield Measure.RECEIVED, first.start, first.unit
    yield from _moves(application)
    for stretch in application.stretches:
        frame = Span(stretch.start, stretch.end)
        yield from _steps(Measure.PAUSED_IN, Measure.PAUSED_OUT, cut(application.pauses, frame), stretch.unit)
        if stretch.due is not None:
            yield from _towards_due(frame, stretch.due, stretch.unit, application.pauses, calendar)
    if application.ended is not None:
        settled = application.status in {SETTLED, RETURNED}
        measure = outcome(application.ended, application.due) if settled else Measure.CLOSED_UNSETTLED
        yield measure, application.ended, last.unit


def _moves(application: Application) -> Iterator[Mark]:
    """The level `open`, unit by unit, with a move wherever the unit changes."""
    unit, start = application.stretches[0].unit, application.stretches[0].start
    for stretch in application.stretches[1:]:
        if stretch.unit != unit:
            yield from _steps(Measure.OPEN_IN, Measure.OPEN_OUT, [Span(start, stretch.start)], unit)
            yield Measure.MOVED_OUT, stretch.start, unit
            yield Measure.MOVED_IN, stretch.start, stretch.unit
            unit, start = stretch.unit, stretch.start
    yield from _steps(Measure.OPEN_IN, Measure.OPEN_OUT, [Span(start, application.ended)], unit)


def _towards_due(
    frame: Span, due: Moment, unit: int, pauses: tuple[Span, ...], calendar: WorkingCalendar
) -> Iterator[Mark]:
    """Due within one working day until the due date is over, overdue from then on; never while paused."""
    overdue = overdue_from(due)
    late = overlap(frame, Span(overdue, None))
    if late is not None:
        yield from _steps(Measure.OVERDUE_IN, Measure.OVERDUE_OUT, without(late, pauses), unit)
    soon = overlap(frame, Span(due_soon_from(due, calendar), overdue))
    if soon is not None:
        yield from _steps(Measure.DUE_SOON_IN, Measure.DUE_SOON_OUT, without(soon, pauses), unit)


def _steps(rise: Measure, fall: Measure, spans: Iterator[Span] | list[Span], unit: int) -> Iterator[Mark]:
    for span in spans:
        if span.end is None or span.end > span.start:
            yield rise, span.start, unit
            if span.end is not None:
                yield fall, span.end, unit
