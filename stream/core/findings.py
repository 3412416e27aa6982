"""What can't be right in the records of an application. Nothing is dropped for it: it is counted, and shown.

Usual moves and statuses: domain handbook 3.1.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from stream.core.ledger import Measure
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.timeline import Record

_USUAL_MOVES: Final = {1: {2, 3, 7}, 2: {4, 5, 6, 7, 8}, 4: {5, 6, 7, 8, 9}, 5: {4, 2, 8, 7}, 6: {4, 8, 7}, 9: {10}}
USUAL: Final = frozenset((before, after) for before, afters in _USUAL_MOVES.items() for after in afters)
_SETTLED: Final = frozenset({9, 10})


class Finding(NamedTuple):
    """One finding: what kind (a `Measure`), at which moment and where it counts."""

    measure: int
    at: Moment
    unit: int


def findings(records: Sequence[Record], statuses: tuple[int, ...], state: Record, rules: Rules) -> tuple[Finding, ...]:
    """All findings of a received application: its records in order with their statuses, and the newest whole one."""
    found = [Finding(measure, records[place].at, records[place].unit) for place, measure in _moves(statuses)]
    if not rules.ended_units.isdisjoint([record.unit for record in records]):
        found += [
            Finding(int(Measure.UNIT_OUT_OF_FORCE), record.at, record.unit)
            for record in records
            if _had_ended(record, rules)
        ]
    if _impossible(state):
        found.append(Finding(int(Measure.IMPOSSIBLE_DATES), state.at, state.unit))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _moves(statuses: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The places of unusual moves with their measure. Few courses are taken, by many applications."""
    return tuple(
        (place, int(Measure.SETTLEMENT_TAKEN_BACK if _taken_back(before, after) else Measure.UNUSUAL_MOVE))
        for place, (before, after) in enumerate(pairwise(statuses), start=1)
        if before != after and (before, after) not in USUAL
    )


def _taken_back(before: int, after: int) -> bool:
    return before in _SETTLED and after not in _SETTLED


def _had_ended(record: Record, rules: Rules) -> bool:
    return record.unit in rules.ended_units and any(
        record.at >= merger.at and record.unit not in merger.in_force for merger in rules.mergers
    )


def _impossible(state: Record) -> bool:
    """Nothing comes before the receipt, and no supplement before its request."""
    received = state.received
    if received is not None:
        for moment in (state.ended, state.due, state.returned):
            if moment is not None and moment < received:
                return True
    return any(pause.received is not None and pause.received < pause.requested for pause in state.pauses)
