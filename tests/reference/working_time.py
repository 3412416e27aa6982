"""Working time, minute by minute: terms run from receipt without nights, weekends, holidays and days swapped off."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.reference.free_days import PUBLIC_HOLIDAYS, SWAPPED
from tests.reference.minutes import DAYS, FIRST_DAY, MINUTES_A_DAY, Minute, day, midnight

Hours: TypeAlias = tuple[tuple[int, int], ...]
"""Worked spans of one day, in minutes after midnight."""

OFFICE: Final[Hours] = ((7 * 60 + 30, 11 * 60 + 30), (13 * 60 + 30, 17 * 60 + 30))
MORNING: Final[Hours] = ((7 * 60 + 30, 11 * 60 + 30),)
FIVE_DAYS: Final[tuple[Hours, ...]] = (OFFICE,) * 5 + ((), ())
WITH_SATURDAY_MORNINGS: Final[tuple[Hours, ...]] = (OFFICE,) * 5 + (MORNING, ())


@dataclass(frozen=True)
class WorkingTime:
    """Which minutes are worked. What comes at the `cut_off` of a day or later counts from the next working day."""

    week: tuple[Hours, ...] = FIVE_DAYS
    free: frozenset[date] = PUBLIC_HOLIDAYS | frozenset(SWAPPED)
    worked_instead: frozenset[date] = frozenset(SWAPPED.values())
    cut_off: int | None = None

    @property
    def day_length(self) -> int:
        """Minutes of a full working day."""
        return max(sum(until - since for since, until in hours) for hours in self.week)

    def hours(self, on: date) -> Hours:
        """What is worked on a day; one that is worked in place of another has an ordinary Monday's hours."""
        if on in self.worked_instead:
            return self.week[0]
        return () if on in self.free else self.week[on.weekday()]

    @cached_property
    def is_worked(self) -> NDArray[np.bool_]:
        """For every minute of 2023 to 2027: whether it is worked."""
        minutes = np.zeros(DAYS * MINUTES_A_DAY, dtype=np.bool_)
        for number in range(DAYS):
            for since, until in self.hours(FIRST_DAY + timedelta(days=number)):
                minutes[number * MINUTES_A_DAY + since : number * MINUTES_A_DAY + until] = True
        return minutes

    def between(self, start: Minute, end: Minute) -> int:
        """How many minutes from `start` up to `end` are worked; 0 where `end` is not later."""
        return int(np.count_nonzero(self.is_worked[start : max(start, end)]))

    def after(self, start: Minute, minutes: int) -> Minute:
        """The end of the last of so many worked minutes from `start` on; `start` itself for none."""
        if minutes == 0:
            return start
        reach = 15 * MINUTES_A_DAY
        while start + reach < len(self.is_worked):
            counted = np.cumsum(self.is_worked[start : start + reach])
            if counted[-1] >= minutes:
                return start + int(np.argmax(counted == minutes)) + 1
            reach *= 2
        raise ValueError(f"{minutes} worked minutes after {day(start)} lie beyond the years written down")

    def count_from(self, received: Minute) -> Minute:
        """From when a term counts: from receipt; after the cut-off from the beginning of the next working day."""
        if self.cut_off is None or received % MINUTES_A_DAY < self.cut_off:
            return received
        tomorrow = midnight(day(received) + timedelta(days=1))
        return tomorrow + int(np.argmax(self.is_worked[tomorrow : tomorrow + 30 * MINUTES_A_DAY]))
