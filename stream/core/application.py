"""The life of an application (hồ sơ): its timeline folded into what holds, and what it counts for.

Both steps are pure and do not depend on the order in which the records arrived.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from stream.core.calendar import WorkingCalendar
from stream.core.clock import due_in_force
from stream.core.moment import Moment
from stream.core.span import Span, covers, cut, merge
from stream.core.timeline import Record, order

NEW, REFUSED, WITHDRAWN, STOPPED, SETTLED, RETURNED = 1, 3, 7, 8, 9, 10
PAUSING: Final = frozenset({5, 6})
CLOSING: Final = frozenset({REFUSED, WITHDRAWN, STOPPED, SETTLED, RETURNED})


class Stretch(NamedTuple):
    """A time in which unit and due date did not change; `end` is None while it lasts."""

    start: Moment
    end: Moment | None
    unit: int
    due: Moment | None


class Application(msgspec.Struct, frozen=True, gc=False):
    """What holds of an application, by all that is known."""

    status: int
    unit: int
    field: int
    channel: int
    received: Moment | None
    due: Moment | None
    ended: Moment | None
    returned: Moment | None
    last_at: Moment
    stretches: tuple[Stretch, ...]
    pauses: tuple[Span, ...]

    @property
    def is_open(self) -> bool:
        """Received and not yet closed."""
        return self.received is not None and self.ended is None


def fold(timeline: Sequence[Record], calendar: WorkingCalendar) -> Application:
    """The application that its records tell of; the timeline is not empty and in any order."""
    return fold_ordered(sorted(timeline, key=order), calendar)


def fold_ordered(records: Sequence[Record], calendar: WorkingCalendar) -> Application:
    """The same of records that stand in order already, as they do in a stored timeline."""
    newest = records[-1]
    state = newest if newest.whole else next((record for record in reversed(records) if record.whole), newest)
    received = _received(records, state)
    ended = _ended(records, state) if received is not None else None
    dues = [due_in_force(record, calendar) if record.pauses else record.due for record in records]
    return Application(
        status=newest.status,
        unit=newest.unit,
        field=state.field,
        channel=state.channel,
        received=received,
        due=dues[-1] if dues[-1] is not None else next((due for due in reversed(dues) if due is not None), None),
        ended=ended,
        returned=state.returned,
        last_at=newest.at,
        stretches=() if received is None else _stretches(records, dues, received, ended),
        pauses=() if received is None else _pauses(records, state, Span(received, ended)),
    )


def _received(records: Sequence[Record], state: Record) -> Moment | None:
    """When it was received: the state's own moment, else the first record that can't be without receipt."""
    if state.received is not None:
        return state.received
    return next((record.at for record in records if record.status not in {NEW, REFUSED, WITHDRAWN}), None)


def _ended(records: Sequence[Record], state: Record) -> Moment | None:
    """When processing ended; None while the newest record says that it goes on.

    A settlement that a newer record contradicts (9 → 4) is taken back: the newest record is the truth.
    """
    status = records[-1].status
    if status not in CLOSING:
        return None
    if status == REFUSED and state.refused is not None:
        return state.refused
    if status in {SETTLED, RETURNED}:
        if state.ended is not None:
            return state.ended
        settled = [record.at for record in _closing_run(records) if record.status == SETTLED]
        return settled[0] if settled else state.returned or records[-1].at
    return state.ended if state.ended is not None else _closing_run(records)[0].at


def _closing_run(records: Sequence[Record]) -> Sequence[Record]:
    """The records at the end of the timeline that all say closed."""
    first = len(records)
    while first > 0 and records[first - 1].status in CLOSING:
        first -= 1
    return records[first:]


def _stretches(
    records: Sequence[Record], dues: Sequence[Moment | None], received: Moment, ended: Moment | None
) -> tuple[Stretch, ...]:
    """The open time, cut where unit or due date changed. The first record also speaks for the time before it."""
    due = next((due for due in dues if due is not None), None) if dues[0] is None else dues[0]
    changes: list[tuple[Moment, int, Moment | None]] = [(received, records[0].unit, due)]
    for record, said in zip(records, dues, strict=True):
        due = said if said is not None else due
        since, unit, promised = changes[-1]
        if record.unit == unit and due == promised:
            continue
        if record.at <= since:
            changes.pop()
            if changes and changes[-1][1:] == (record.unit, due):
                continue
            changes.append((since, record.unit, due))
        elif ended is None or record.at < ended:
            changes.append((record.at, record.unit, due))
    if len(changes) == 1:
        return (Stretch(received, ended, *changes[0][1:]),)
    ends = [*(change[0] for change in changes[1:]), ended]
    return tuple([Stretch(start, end, unit, due) for (start, unit, due), end in zip(changes, ends, strict=True)])


def _pauses(records: Sequence[Record], state: Record, life: Span) -> tuple[Span, ...]:
    """When the clock stood still.

    Supplement requests tell their own moments; one that tells no receipt lasts until a record says that
    work goes on. Where none covers a record of status 5 or 6, the pause runs from that record likewise.
    """
    paused = [record for record in records if record.status in PAUSING]
    if not (paused or state.pauses):
        return ()
    told = [Span(pause.requested, pause.received) for pause in state.pauses]
    spans = [span if span.end is not None else Span(span.start, _resumed(records, span.start)) for span in told]
    for record in paused:
        if not any(covers(span, record.at) for span in spans):
            spans.append(Span(record.at, _resumed(records, record.at)))
    return tuple(cut(merge(spans), life))


def _resumed(records: Sequence[Record], since: Moment) -> Moment | None:
    """When a record first said, later than `since`, that the case is not paused."""
    return next((record.at for record in records if record.at > since and record.status not in PAUSING), None)
