"""Waits: the times in which the clock of an application stands still, and what they do to its due date.

Rules: domain handbook 3.4. Status 5 and 6 stop the clock. When the supplement arrives the source gives the new due
date; where it does not, the date moves by the working time of the wait.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.span import Span, covers, merge, overlap, without
from stream.core.timeline import Record

SUPPLEMENT, PAYMENT = 5, 6
PAUSING: Final = frozenset({SUPPLEMENT, PAYMENT})

DueLine = list[tuple[Moment, Moment | None]]
"""Each due date with the moment from which it was in force, in order of those moments."""


class Wait(NamedTuple):
    """A request and the time until it was met; `end` is None while it lasts."""

    start: Moment
    end: Moment | None
    payment: bool
    due_before: Moment | None = None
    due_after: Moment | None = None


def waits_of(records: Sequence[Record], state: Record) -> list[Wait]:
    """Every wait that the state record tells of, and those that are known only by status 5 or 6.

    A request that tells no receipt lasts until a record says that work goes on.
    """
    paused = [record for record in records if record.status in PAUSING]
    if not (paused or state.pauses):
        return []
    waits = [
        Wait(
            pause.requested,
            pause.received if pause.received is not None else _resumed(records, pause.requested),
            pause.payment,
            pause.due_before,
            pause.due_after,
        )
        for pause in state.pauses
    ]
    for record in paused:
        if not any(covers(Span(wait.start, wait.end), record.at) for wait in waits):
            waits.append(Wait(record.at, _resumed(records, record.at), record.status == PAYMENT))
    return waits


def second_request(waits: Sequence[Wait], life: Span) -> Moment | None:
    """When further papers were asked for a second time; None where they were not."""
    asked = sorted(wait.start for wait in waits if not wait.payment and covers(life, wait.start))
    return asked[1] if len(asked) > 1 else None


def due_line(records: Sequence[Record], waits: Sequence[Wait], life: Span, procedure: int, rules: Rules) -> DueLine:
    """Which due date was in force from when on.

    The source's own date rules, from the moment of the record that changes it; the first that was ever said holds
    from the start. Where none was ever said, receipt and the term of the procedure.
    """
    first = next((record.due for record in records if record.due is not None), None)
    due = first if first is not None else rules.due_by_term(life.start, procedure)
    if not waits and all(record.due is None or record.due == first for record in records):
        return [(life.start, due)]
    return _moved(records, waits, _DueLine(first, due, life, rules.calendar)).dues


def due_causes(
    records: Sequence[Record], waits: Sequence[Wait], life: Span, procedure: int, rules: Rules
) -> list[tuple[Moment, Moment | None, Record | Wait | None]]:
    """The same line with what made each due date: a record, the end of a wait, or None for the first."""
    first = next((record.due for record in records if record.due is not None), None)
    due = first if first is not None else rules.due_by_term(life.start, procedure)
    line = _moved(records, waits, _DueLine(first, due, life, rules.calendar))
    return [(at, due, cause) for (at, due), cause in zip(line.dues, line.causes, strict=True)]


def _moved(records: Sequence[Record], waits: Sequence[Wait], line: "_DueLine") -> "_DueLine":
    """The line after all that was said and all waits that were met."""
    met = deque(sorted(((wait.end, wait) for wait in waits if wait.end is not None), key=_in_order))
    for record in records:
        while met and met[0][0] <= record.at:
            line.wait_ended(*met.popleft())
        line.said(record)
    for end, wait in met:
        line.wait_ended(end, wait)
    return line


class _DueLine:
    """The due date as it moves, event by event, in order of time."""

    def __init__(self, said: Moment | None, due: Moment | None, life: Span, calendar: WorkingCalendar) -> None:
        self.dues: DueLine = [(life.start, due)]
        self.causes: list[Record | Wait | None] = [None]
        self._said = said
        self._said_at: Moment | None = None
        self._due = due
        self._life = life
        self._calendar = calendar
        self._counted: list[Span] = []

    def said(self, record: Record) -> None:
        """A record that says another date than the one before it moves the due date; one that repeats it does not."""
        if record.due is None or record.due == self._said:
            return
        self._said, self._said_at = record.due, record.at
        self._set(record.at, record.due, record)

    def wait_ended(self, end: Moment, wait: Wait) -> None:
        """The new date that was given, else the old one moved by the working time that no other wait took already."""
        stood = overlap(Span(wait.start, end), self._life)
        if wait.due_after is not None:
            self._set(end, wait.due_after, wait)
        elif self._due is not None and stood is not None and not self._moved_by_source(wait, end):
            left = sum(
                self._calendar.measure(part.start, part.end)
                for part in without(stood, self._counted)
                if part.end is not None
            )
            self._set(end, self._calendar.add(self._due, left), wait)
        if stood is not None:
            self._counted = merge([*self._counted, stood])

    def _moved_by_source(self, wait: Wait, end: Moment) -> bool:
        """Whether the source gave another date during the wait, or had moved it before it first spoke of the case."""
        if self._said_at is not None and wait.start <= self._said_at < end:
            return True
        return wait.due_before is not None and wait.due_before not in {self._said, self._due}

    def _set(self, at: Moment, due: Moment, cause: Record | Wait) -> None:
        self._due = due
        self.dues.append((at, due))
        self.causes.append(cause)


def _in_order(met: tuple[Moment, Wait]) -> tuple[Moment, Moment, bool, Moment, Moment]:
    end, wait = met
    return end, wait.start, wait.payment, wait.due_before or 0, wait.due_after or 0


def _resumed(records: Sequence[Record], since: Moment) -> Moment | None:
    """When a record first said, later than `since`, that the case is not paused."""
    return next((record.at for record in records if record.at > since and record.status not in PAUSING), None)


def spans_of(waits: Sequence[Wait]) -> Iterator[Span]:
    """The waits as spans of time."""
    return (Span(wait.start, wait.end) for wait in waits)
