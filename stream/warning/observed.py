"""What was known of an application, step by step: a row of whole numbers for each thing that became known.

A record counts as known from its own moment: history that was taken over in one go arrived long after it happened. What
a step says is folded from the records up to it alone, so that nothing later can be seen in it.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stream.core.application import RETURNED, SETTLED, Application, fold_ordered
from stream.core.clock import overdue_from
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.span import Span, without
from stream.core.timeline import Record
from stream.warning.worked import NEVER

_SETTLED: Final = frozenset({SETTLED, RETURNED})


class Step(NamedTuple):
    """What held of a case from `at` until `to`, as known at `at`. Moments that do not come are `NEVER`.

    `over`: the due date is missed from then on. `late_at`: when it was or, if nothing happens, will be. `paused_since`:
    since when its clock stands, `paused` the working seconds that it stood before. `settled` is 1 where it ended so.
    """

    case: int
    at: Moment
    to: Moment
    received: Moment
    over: Moment
    ended: Moment
    late_at: Moment
    paused_since: Moment
    paused: int
    settled: int
    status: int
    unit: int
    procedure: int
    field: int
    channel: int


def steps(case: int, records: Sequence[Record], rules: Rules, since: Moment) -> Iterator[Step]:
    """The steps of a case from the one that held at `since` on; records in order. None while it is not received."""
    last = len(records)
    ends = [number for number in range(1, last + 1) if number == last or records[number].at != records[number - 1].at]
    held = [number for number in ends if records[number - 1].at <= since]
    ends = [*held[-1:], *(number for number in ends if records[number - 1].at > since)]
    for number, following in zip(ends, [*ends[1:], 0], strict=False):
        to = records[following - 1].at if following else NEVER
        found = step(case, fold_ordered(records[:number], rules), rules, records[number - 1].at, to)
        if found is not None:
            yield found


def step(case: int, state: Application, rules: Rules, at: Moment, to: Moment = NEVER) -> Step | None:
    """What a state says; None where the case was not received."""
    if state.received is None:
        return None
    since, stood = NEVER, 0
    for pause in state.pauses:
        if pause.end is None:
            since = min(since, pause.start)
        else:
            stood += rules.calendar.measure(pause.start, pause.end)
    return Step(
        case,
        at,
        to,
        state.received,
        NEVER if state.due is None else overdue_from(state.due),
        NEVER if state.ended is None else state.ended,
        late_at(state),
        since,
        stood,
        int(state.status in _SETTLED),
        state.status,
        state.unit,
        state.procedure,
        state.field,
        state.channel,
    )


def late_at(state: Application) -> Moment:
    """When the due date was missed, or will be if nothing happens: overdue while the clock ran, or ended late by date.

    Handbook 3.4; the same that the ledger posts (`stream.core.entries`).
    """
    for start, end, _, due in state.stretches:
        if due is None:
            continue
        over = max(start, overdue_from(due))
        if end is None or end > over:
            running = next(without(Span(over, end), state.pauses), None)
            if running is not None:
                return running.start
    if state.ended is not None and state.due is not None and state.status in _SETTLED:
        return state.ended if state.ended >= overdue_from(state.due) else NEVER
    return NEVER
