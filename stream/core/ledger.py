"""The ledger: what a case adds to which figure, at which moment.

A **flow** counts a moment (an application was received). A **level** is posted as its steps: it rises
where it begins and falls where it ends, so that a level at a moment is the sum of its steps up to then.
Steps may lie in the future: an open application becomes overdue by the clock passing, without an event.
"""

from collections.abc import Set as AbstractSet
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

from stream.core.moment import Moment


class Measure(IntEnum):
    """What is counted; the number stands in the database for ever."""

    RECEIVED = 1  # tiếp nhận
    SETTLED_EARLY = 2  # giải quyết trước hạn: ended on a date before the due date
    SETTLED_ON_DATE = 3  # đúng hạn: on the due date itself
    SETTLED_LATE = 4  # quá hạn: on a later date
    CLOSED_UNSETTLED = 5  # withdrawn, stopped, or refused after receipt
    MOVED_IN = 6
    MOVED_OUT = 7
    SETTLED_UNDATED = 8  # settled, but nobody ever gave a due date

    OPEN_IN = 10  # đang giải quyết
    OPEN_OUT = 11
    OVERDUE_IN = 12  # quá hạn chưa giải quyết
    OVERDUE_OUT = 13
    DUE_SOON_IN = 14  # sắp đến hạn: due within one working day
    DUE_SOON_OUT = 15
    PAUSED_IN = 16  # chờ bổ sung, chờ nghĩa vụ tài chính
    PAUSED_OUT = 17


FLOWS: Final = frozenset(measure for measure in Measure if measure < Measure.OPEN_IN)
LEVELS: Final = {
    "open": (Measure.OPEN_IN, Measure.OPEN_OUT),
    "overdue": (Measure.OVERDUE_IN, Measure.OVERDUE_OUT),
    "due_soon": (Measure.DUE_SOON_IN, Measure.DUE_SOON_OUT),
    "paused": (Measure.PAUSED_IN, Measure.PAUSED_OUT),
}


class Entry(NamedTuple):
    """One thing that a case counts for. A case's entries are a set."""

    measure: int
    at: Moment
    unit: int
    field: int
    channel: int


Posting: TypeAlias = tuple[Entry, int]
"""An entry gained (+1) or lost (-1)."""


def postings(before: AbstractSet[Entry], after: AbstractSet[Entry]) -> list[Posting]:
    """What one event changed, in a fixed order: losses first, each by measure and moment."""
    lost, gained = before - after, after - before
    changed = [(entry, -1) for entry in sorted(lost)] if lost else []
    if gained:
        changed += [(entry, +1) for entry in sorted(gained)]
    return changed
