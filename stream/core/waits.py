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
from stream.core.span import Span, merge, overlap, without
from stream.core.timeline import Pause, Record

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
    """Every wait that the state record lists, and those that are known only by status 5 or 6.

    A listed one that tells no receipt lasts until a later record says that work goes on.
    """
    if not (state.pauses or any(record.status in PAUSING for record in records)):
        return []
    listed = [_listed(pause, records, state) for pause in state.pauses]
    return [*listed, *_told_by_status(records, listed)]


def _listed(pause: Pause, records: Sequence[Record], state: Record) -> Wait:
    """A wait of the list; what the date was before it tells only once it was met."""
    if pause.received is None:
        return Wait(pause.requested, _resumed(records, pause.requested, state), pause.payment, None, pause.due_after)
    return Wait(pause.requested, pause.received, pause.payment, pause.due_before, pause.due_after)


def _resumed(records: Sequence[Record], since: Moment, state: Record) -> Moment | None:
    """When a record first said that work goes on: one later than `since`, or of that moment but newer than the list."""
    newer = False
    for record in records:
        if record.status not in PAUSING and (record.at > since or (newer and record.at == since)):
            return record.at
        newer = newer or record is state
    return None


def _told_by_status(records: Sequence[Record], listed: Sequence[Wait]) -> Iterator[Wait]:
    """From a record that says so, of a wait that is not listed, to the next one that says something else."""
    since: Record | None = None
    for record, following in zip(records, [*records[1:], None], strict=True):
        if since is not None and record.status != since.status:
            yield Wait(since.at, record.at, since.status == PAYMENT)
            since = None
        if since is None and record.status in PAUSING:
            told = Wait(record.at, None if following is None else following.at, record.status == PAYMENT)
            since = None if any(_same(told, each) for each in listed) else record
    if since is not None:
        yield Wait(since.at, None, since.status == PAYMENT)


def _same(told: Wait, listed: Wait) -> bool:
    """Whether the wait that a status tells of is one that is listed with its own times: of one kind, at one time."""
    together = (listed.end is None or told.start < listed.end) and (told.end is None or listed.start < told.end)
    return told.payment == listed.payment and (told.start == listed.start or together)


def second_request(waits: Sequence[Wait], life: Span) -> Moment | None:
    """When further papers were asked for a second time; None where they were not."""
    asked = sorted(wait.start for wait in waits if not wait.payment and (life.end is None or wait.start <= life.end))
    return max(asked[1], life.start) if len(asked) > 1 else None


def due_line(records: Sequence[Record], waits: Sequence[Wait], life: Span, procedure: int, rules: Rules) -> DueLine:
    """Which due date was in force from when on.

    The source's own date rules, from the moment of the record that changes it; the first that was ever said holds
    from the start. Where none was ever said, receipt and the term of the procedure.
    """
    first, moved = None, False
    for record in records:
        if record.due is not None and record.due != first:
            moved = first is not None
            first = record.due if first is None else first
    due = first if first is not None else rules.due_by_term(life.start, procedure)
    if not (waits or moved):
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
        self._date = due
        self._given_at: Moment | None = None
        self._due = due
        self._life = life
        self._calendar = calendar
        self._counted: list[Span] = []

    def said(self, record: Record) -> None:
        """A record that says another date than the one before it moves the due date; one that repeats it does not."""
        if record.due is None or record.due == self._said:
            return
        self._said = record.due
        if record.due != self._date:
            self._give(record.at, record.due, record)

    def wait_ended(self, end: Moment, wait: Wait) -> None:
        """The new date that was given, else the old one moved by the working time that no other wait took already."""
        stood = overlap(Span(wait.start, end), self._life)
        if wait.due_after is not None:
            self._give(end, wait.due_after, wait)
        elif self._due is not None and stood is not None and not self._moved_before(wait):
            self._set(end, self._calendar.add(self._due, self._left_of(stood)), wait)
        if stood is not None:
            self._counted = merge([*self._counted, stood])

    def _left_of(self, stood: Span) -> int:
        """The working time of a wait that is still to be added: the date in force knows what went before it."""
        since = stood if self._given_at is None else overlap(stood, Span(self._given_at, None))
        parts = [] if since is None else without(since, self._counted)
        return sum(self._calendar.measure(part.start, part.end) for part in parts if part.end is not None)

    def _moved_before(self, wait: Wait) -> bool:
        """Whether the first date that the source told had been moved by this wait already."""
        return self._said is not None and wait.due_before is not None and wait.due_before not in {self._said, self._due}

    def _give(self, at: Moment, due: Moment, cause: Record | Wait) -> None:
        self._date, self._given_at = due, at
        self._set(at, due, cause)

    def _set(self, at: Moment, due: Moment, cause: Record | Wait) -> None:
        self._due = due
        self.dues.append((at, due))
        self.causes.append(cause)


def _in_order(met: tuple[Moment, Wait]) -> tuple[Moment, Moment, bool, Moment, Moment]:
    end, wait = met
    return end, wait.start, wait.payment, wait.due_before or 0, wait.due_after or 0


def spans_of(waits: Sequence[Wait]) -> Iterator[Span]:
    """The waits as spans of time."""
    return (Span(wait.start, wait.end) for wait in waits)
