"""The columns of form II.06a (Circular 01/2020/TT-VPCP; domain handbook 3.5), each as a sum over the ledger.

Received: 4 online and 5 direct or postal in the period, 6 carried over. Settled: 8 before the due date, 9 on it,
10 after it; what ended without being settled and what never had a due date stand in 9. Being handled: 12 in
time, 13 overdue; what waits for a supplement stands in 12. 3, 7 and 11 are their totals.

Every column is linear in the postings. So one table gives the form, the cases behind a cell and what changed it.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from stream.core.ledger import LEVELS, Measure

ONLINE: Final = 2
"""The channel (kênh thực hiện) whose receipts stand in column 4."""

Time: TypeAlias = Literal["before", "within"]
"""Before the period begins, or within it, up to the moment that the form is as of."""


class Sum(NamedTuple):
    """What of the ledger is summed up: a measure before or within the period, online or not."""

    measure: int
    time: Time
    online: bool


class Weight(NamedTuple):
    """How a measure counts in a column; `online` None: of every channel."""

    measure: Measure
    time: Time
    n: int
    online: bool | None = None


def _flow(*measures: Measure, n: int = 1) -> tuple[Weight, ...]:
    return tuple(Weight(measure, "within", n) for measure in measures)


def _level(name: str, n: int, *times: Time) -> tuple[Weight, ...]:
    rise, fall = LEVELS[name]
    return tuple(Weight(measure, time, sign) for time in times for measure, sign in ((rise, n), (fall, -n)))


_OPEN_AT_END: Final = _level("open", 1, "before", "within")
_ON_DATE: Final = (Measure.SETTLED_ON_DATE, Measure.CLOSED_UNSETTLED, Measure.SETTLED_UNDATED)

OWN: Final[Mapping[int, tuple[Weight, ...]]] = {
    4: (Weight(Measure.RECEIVED, "within", 1, online=True),),
    5: (Weight(Measure.RECEIVED, "within", 1, online=False),),
    6: _level("open", 1, "before"),
    8: _flow(Measure.SETTLED_EARLY),
    9: _flow(*_ON_DATE),
    10: _flow(Measure.SETTLED_LATE),
    12: (*_OPEN_AT_END, *_level("overdue", -1, "before", "within")),
    13: _level("overdue", 1, "before", "within"),
}
TOTALS: Final[Mapping[int, tuple[int, ...]]] = {3: (4, 5, 6), 7: (8, 9, 10), 11: (12, 13)}
LEVEL_COLUMNS: Final = frozenset({6, 12, 13})
"""What stands at a moment, the begin of the period or its end; the others count what happened within it."""
COLUMNS: Final = tuple(range(3, 14))

MOVES: Final = (*_flow(Measure.MOVED_IN), *_flow(Measure.MOVED_OUT, n=-1))
"""Came into a unit, less left it."""
IMBALANCE: Final = (
    *_flow(Measure.RECEIVED),
    *MOVES,
    *_flow(Measure.SETTLED_EARLY, *_ON_DATE, Measure.SETTLED_LATE, n=-1),
    *_level("open", -1, "within"),
)
"""Column 3 less columns 7 and 11: nothing, for every case and in every time, or the ledger is wrong."""

STEPS: Final = tuple(dict.fromkeys(weight.measure for weight in OWN[12]))
MEASURES: Final = tuple(dict.fromkeys(weight.measure for weights in (*OWN.values(), MOVES) for weight in weights))


def parts_of(column: int) -> tuple[int, ...]:
    """The columns that a column is made of: itself, or what it totals."""
    return TOTALS.get(column, (column,))


def value(weights: Iterable[Weight], sums: Mapping[Sum, int]) -> int:
    """What the weights make of the sums."""
    return sum(
        weight.n * sums.get(Sum(weight.measure, weight.time, online), 0)
        for weight in weights
        for online in ((True, False) if weight.online is None else (weight.online,))
    )


def with_totals(own: Mapping[int, int]) -> dict[int, int]:
    """All columns in order, from those that are no totals."""
    return {column: sum(own.get(part, 0) for part in parts_of(column)) for column in COLUMNS}
