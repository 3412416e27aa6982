"""The working calendar (lịch làm việc): weekly hours, public holidays, days swapped by decision.

Terms of procedures run in working time, without weekends, public holidays and the compensatory days that
a decision swaps each year (domain handbook 3.4). All is exact to the second.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Final, TypeAlias

from stream.core.moment import DAY_SECONDS, Day, Moment, date_of, day_number, day_of, start_of

Hours: TypeAlias = tuple[tuple[int, int], ...]
"""Working spans of a day, each (from, to) in seconds after local midnight, in order."""

OFFICE_HOURS: Final[Hours] = ((7 * 3600 + 1800, 11 * 3600 + 1800), (13 * 3600 + 1800, 17 * 3600 + 1800))
"""07:30 to 11:30 and 13:30 to 17:30 (C: a working assumption, replaced by configuration)."""
OFFICE_WEEK: Final[Mapping[int, Hours]] = dict.fromkeys(range(5), OFFICE_HOURS)
"""Monday (0) to Friday (4)."""


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Which seconds are working time.

    `days_off` are public holidays and days swapped off, `days_on` are weekend days swapped on; a day in
    both is worked. A day swapped on has the hours of the longest day of the week: a whole day is swapped.
    `first` and `last` bound the years it can speak of. What is received at the time of day `cut_off` (seconds
    after midnight) or later counts from the next working day; None: from its own moment (handbook 3.4, C).
    """

    version: str
    week: Mapping[int, Hours] = field(default_factory=lambda: OFFICE_WEEK)
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()
    first: date = date(1989, 1, 1)
    last: date = date(2200, 12, 31)
    cut_off: int | None = None

    @cached_property
    def working_day(self) -> int:
        """Seconds of an ordinary working day: the unit in which terms of days are counted."""
        return max((_length(hours) for hours in self.week.values()), default=0)

    def measure(self, start: Moment, end: Moment) -> int:
        """Working seconds from `start` to `end`; negative when `end` comes first."""
        return self._worked_until(end) - self._worked_until(start)

    def add(self, start: Moment, seconds: int) -> Moment:
        """The first moment at which `seconds` of working time have passed since `start`."""
        return start if seconds == 0 else self._first_moment_with(self._worked_until(start) + seconds)

    def subtract(self, end: Moment, seconds: int) -> Moment:
        """The first moment from which no more than `seconds` of working time are left until `end`."""
        return end if seconds == 0 else self._first_moment_with(self._worked_until(end) - seconds)

    def a_working_day_before(self, end: Moment) -> Moment:
        """The same as `subtract(end, working_day)`, at once where the day before had the same hours."""
        day = day_of(end)
        index, clock = day - self._first_day, end - start_of(day)
        if 0 < index < len(self._days):
            hours = self._days[index]
            same = hours == self._days[index - 1] and _length(hours) == self.working_day
            if same and any(since < clock <= until for since, until in hours):
                return end - DAY_SECONDS
        return self.subtract(end, self.working_day)

    def counts_from(self, received: Moment) -> Moment:
        """From when the term of what was received at this moment counts."""
        day = day_of(received)
        late = self.cut_off is not None and received - start_of(day) >= self.cut_off
        return start_of(day + 1) if late else received

    def hours_of(self, day: date) -> Hours:
        """The working spans of a day."""
        return self._hours(day_number(day))

    def is_working_day(self, day: date) -> bool:
        """Whether any working time lies in the day."""
        return bool(self._hours(day_number(day)))

    def spans(self) -> Iterator[tuple[Moment, Moment]]:
        """Every span of working time that it can speak of, from and to, in order."""
        for day, hours in enumerate(self._days, start=self._first_day):
            midnight = start_of(day)
            for since, until in hours:
                yield midnight + since, midnight + until

    def _hours(self, day: Day) -> Hours:
        when = date_of(day)
        if when in self.days_on:
            return max(self.week.values(), key=_length, default=())
        return () if when in self.days_off else self.week.get(when.weekday(), ())

    @cached_property
    def _first_day(self) -> Day:
        return day_number(self.first)

    @cached_property
    def _days(self) -> Sequence[Hours]:
        return [self._hours(day) for day in range(self._first_day, day_number(self.last) + 1)]

    @cached_property
    def _worked_before(self) -> Sequence[int]:
        """Working seconds before each day, and after the last."""
        return list(accumulate((_length(hours) for hours in self._days), initial=0))

    def _worked_until(self, moment: Moment) -> int:
        day = day_of(moment)
        index = day - self._first_day
        if not 0 <= index < len(self._days):
            raise ValueError(f"the calendar speaks of {self.first} to {self.last}, not of {date_of(day)}")
        clock = moment - start_of(day)
        return self._worked_before[index] + sum(
            min(clock, until) - since for since, until in self._days[index] if clock > since
        )

    def _first_moment_with(self, worked: int) -> Moment:
        index = max(bisect_left(self._worked_before, worked) - 1, 0)
        if index >= len(self._days):
            raise ValueError(f"the calendar ends on {self.last}")
        left = worked - self._worked_before[index]
        midnight = (self._first_day + index) * DAY_SECONDS + start_of(0)
        for since, until in self._days[index]:
            if left <= until - since:
                return midnight + since + left
            left -= until - since
        raise ValueError(f"the calendar begins on {self.first}")


def _length(hours: Hours) -> int:
    return sum(until - since for since, until in hours)
