"""What can't be right in the records of an application. Nothing is dropped for it: it is counted, and shown.

Usual moves and statuses: domain handbook 3.1.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stream.core.ledger import Measure
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.timeline import Record

_MOVES: Final = {1: {2, 3, 7}, 2: {4, 5, 6, 7, 8}, 4: {5, 6, 7, 8, 9}, 5: {4, 2, 8, 7}, 6: {4, 8, 7}, 9: {10}}
USUAL: Final = frozenset((before, after) for before, afters in _MOVES.items() for after in afters)
_SETTLED: Final = frozenset({9, 10})


class Finding(NamedTuple):
    """One finding: what kind (a `Measure`), at which moment and where it counts."""

    measure: int
    at: Moment
    unit: int


def findings(records: Sequence[Record], state: Record, rules: Rules) -> tuple[Finding, ...]:
    """All findings of a received application, its records in order; `state` is the newest whole record."""
    found: list[Finding] = []
    before = records[0].status
    for record in records:
        status = record.status
        if status != before:
            if (before, status) not in USUAL:
                back = before in _SETTLED and status not in _SETTLED
                measure = Measure.SETTLEMENT_TAKEN_BACK if back else Measure.UNUSUAL_MOVE
                found.append(Finding(int(measure), record.at, record.unit))
            before = status
        if record.unit in rules.ended_units and _had_ended(record, rules):
            found.append(Finding(int(Measure.UNIT_OUT_OF_FORCE), record.at, record.unit))
    if any(_impossible(state)):
        found.append(Finding(int(Measure.IMPOSSIBLE_DATES), state.at, state.unit))
    return tuple(found)


def _had_ended(record: Record, rules: Rules) -> bool:
    return any(record.at >= merger.at and record.unit not in merger.in_force for merger in rules.mergers)


def _impossible(state: Record) -> Iterator[bool]:
    """Nothing comes before the receipt, and no supplement before its request."""
    if state.received is not None:
        received = state.received
        yield any(moment is not None and moment < received for moment in (state.ended, state.due, state.returned))
    yield any(pause.received is not None and pause.received < pause.requested for pause in state.pauses)
