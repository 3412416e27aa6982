"""Form II.06a by its definition (handbook 3.5): of each application, in which cells it stands."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TypeAlias

from tests.reference.life import Life
from tests.reference.minutes import Minute, midnight

Cells: TypeAlias = dict[int, int]
"""Column → number of applications, columns 3 to 13."""

ONLINE = 2


def form(lives: Iterable[Life], units: Collection[int], first: date, last: date, as_of: Minute | None = None) -> Cells:
    """The total row of a unit or an area over [first, last], as of the end of `last`, or of `as_of` if earlier."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    end = end if as_of is None else min(end, as_of)
    cells = dict.fromkeys(range(3, 14), 0)
    for life in lives:
        for column in columns(life, units, begin, end):
            cells[column] += 1
    return cells


def columns(life: Life, units: Collection[int], begin: Minute, end: Minute) -> list[int]:
    """The columns in which one application stands, up to and without the minute `end`.

    It stands in the form of the unit where it ended, or where it is at the end: what has moved on is no more in the
    form of the unit that received it, and in the other's it is carried over.
    """
    counted = end - 1
    if life.received is None or life.received > counted or (life.ended is not None and life.ended < begin):
        return []
    ended_inside = life.ended is not None and life.ended <= counted
    if life.unit(life.ended if ended_inside and life.ended is not None else counted) not in units:
        return []
    return [3, _received(life, units, begin), *(_settled(life) if ended_inside else _handled(life, counted))]


def _received(life: Life, units: Collection[int], begin: Minute) -> int:
    assert life.received is not None
    if life.received < begin or life.unit(life.received) not in units:
        return 6
    return 4 if life.whole and life.whole.channel == ONLINE else 5


def _settled(life: Life) -> tuple[int, int]:
    """Withdrawn, stopped and refused after receipt stand in 9; so does what never had a date to be late for."""
    return 7, {"early": 8, "late": 10}.get(life.outcome or "", 9)


def _handled(life: Life, counted: Minute) -> tuple[int, int]:
    """What waits for a supplement stands in 12."""
    return 11, 13 if life.overdue(counted) else 12
