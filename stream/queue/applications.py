"""The course of an application, by the same law as its ledger entries (`stream.core.entries`). Pure."""

from collections.abc import Iterator, Sequence

from stream.core.application import Application, Stretch, state_of
from stream.core.clock import overdue_from
from stream.core.moment import Moment
from stream.core.span import Span, covers, without
from stream.core.timeline import LETTER, Record
from stream.core.waits import Wait, waits_of
from stream.queue.course import NEVER, Phase, phases_from

_RECEIVED = 2


def application_phases(records: Sequence[Record], application: Application, now: Moment) -> tuple[Phase, ...]:
    """The phases in which it is open; the records stand in order."""
    if application.received is None:
        return ()
    told = [record for record in records if record.status != LETTER]
    stretch = application.stretches[-1]
    if application.ended is None and not application.pauses and told[-1].at <= now and stretch.start <= now:
        return (Phase(now, NEVER, stretch.unit, told[-1].status, stretch.due),)  # as of nearly every case
    waits = waits_of(told, state_of(told)) if application.pauses else []

    def at(start: Moment, end: Moment) -> Phase | None:
        stretch = _stretch(application, start)
        if stretch is None:
            return None
        wait = _wait(waits, start) if any(covers(pause, start) for pause in application.pauses) else None
        since = next((pause.start for pause in application.pauses if covers(pause, start)), None)
        payment = wait is not None and wait.payment
        return Phase(start, end, stretch.unit, _status(told, start), stretch.due, since, payment)

    return phases_from(now, _changes(told, application, waits), at)


def apology(application: Application) -> tuple[Moment, Moment]:
    """From when on a letter is owed, and from when on it was sent: once, from when it first was overdue."""
    owed = min(_overdue_starts(application), default=NEVER)
    if owed == NEVER or application.letter is None:
        return owed, NEVER
    return owed, max(owed, application.letter)


def _overdue_starts(application: Application) -> Iterator[Moment]:
    """The moments from which it is overdue while its clock runs, stretch by stretch."""
    for start, end, _, due in application.stretches:
        since = NEVER if due is None else max(start, overdue_from(due))
        if since == NEVER or (end is not None and end <= since):
            continue
        if not application.pauses:
            yield since
        else:
            first = next(without(Span(since, end), application.pauses), None)
            if first is not None:
                yield first.start


def _changes(told: Sequence[Record], application: Application, waits: Sequence[Wait]) -> Iterator[Moment]:
    yield from (record.at for record in told)
    yield from (stretch.start for stretch in application.stretches)
    if application.ended is not None:
        yield application.ended
    spans = [Span(wait.start, wait.end) for wait in waits]
    for start, end in (*application.pauses, *spans):
        yield start
        if end is not None:
            yield end


def _stretch(application: Application, at: Moment) -> Stretch | None:
    """The open stretch of the moment; None before the receipt and after the end."""
    for stretch in application.stretches:
        if covers(Span(stretch.start, stretch.end), at):
            return stretch
    return None


def _wait(waits: Sequence[Wait], at: Moment) -> Wait | None:
    """Of waits that lie together the one that was asked for last."""
    running = [wait for wait in waits if covers(Span(wait.start, wait.end), at)]
    return max(running, key=lambda wait: wait.start, default=None)


def _status(told: Sequence[Record], at: Moment) -> int:
    """The last status that was told by then; one that only a later record knows of had been received."""
    return next((record.status for record in reversed(told) if record.at <= at), _RECEIVED)
