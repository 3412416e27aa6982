"""The working time of many moments at once, exact to the second: thousands of terms are one subtraction."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from stream.core.calendar import WorkingCalendar
from stream.core.moment import DAY_SECONDS, Moment, day_number, start_of

Moments: TypeAlias = npt.NDArray[np.int64]


class WorkedTime:
    """How much of a calendar's working time lies before each moment.

    The difference of two is what `WorkingCalendar.measure` says of those two moments.
    """

    def __init__(self, calendar: WorkingCalendar) -> None:
        spans = np.array(list(calendar.spans()), dtype=np.int64).reshape(-1, 2)
        self._starts, self._ends = spans[:, 0], spans[:, 1]
        self._before = np.concatenate(([0], np.cumsum(self._ends - self._starts)))
        self._first = start_of(day_number(calendar.first))
        self._last = start_of(day_number(calendar.last)) + DAY_SECONDS
        self._bounds = f"{calendar.first} to {calendar.last}"

    def until(self, moments: Moments) -> Moments:
        """Working seconds before each moment; raises `ValueError` for one that the calendar does not speak of."""
        if moments.size and not (self._first <= moments.min() and moments.max() < self._last):
            raise ValueError(f"the calendar speaks of {self._bounds}")
        place = np.searchsorted(self._starts, moments, side="right") - 1
        begun = np.maximum(place, 0)
        within = np.minimum(moments, self._ends[begun]) - self._starts[begun]
        return np.where(place >= 0, self._before[begun] + within, 0)

    def until_one(self, moment: Moment) -> int:
        """The same of one moment."""
        return int(self.until(np.array([moment], dtype=np.int64))[0])


@lru_cache(maxsize=8)
def worked_time(calendar: WorkingCalendar) -> WorkedTime:
    """Of each calendar, made once: an adoption brings a few in a lifetime."""
    return WorkedTime(calendar)
