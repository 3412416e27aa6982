"""The working calendar for many moments at once."""

from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stream.core.calendar import WorkingCalendar
from stream.core.moment import day_number, start_of

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

NEVER = 2**62
"""A moment that does not come: of an end that is not yet, of a due date that nobody gave."""


class Worked:
    """Working seconds since the first day, by the rule of `WorkingCalendar.measure`, between two days.

    Moments before the first day count 0, moments after the last one all there is.
    """

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        edges, sums, total = [], [], 0
        for number in range((last - first).days + 1):
            midnight = start_of(day_number(first + timedelta(days=number)))
            for since, until in calendar.hours_of(first + timedelta(days=number)):
                edges += [midnight + since, midnight + until]
                sums += [total, total + until - since]
                total += until - since
        self._edges = np.array(edges or [0], dtype=np.int64)
        self._sums = np.array(sums or [0], dtype=np.int64)

    def until(self, moments: Ints) -> Ints:
        """Working seconds until each moment."""
        place = np.clip(np.searchsorted(self._edges, moments, side="right") - 1, 0, None)
        since = moments - self._edges[place]
        return self._sums[place] + np.where(place % 2 == 0, np.maximum(since, 0), 0)
