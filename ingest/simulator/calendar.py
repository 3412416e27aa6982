"""Office time of the one-stop shops: 07:30 to 11:30 and 13:30 to 17:30 on working days, in Asia/Ho_Chi_Minh.

Seconds of office time are counted from the start of a day: 0 is 07:30, 14,400 is 13:30, 28,800 is 17:30.
The simulator's own small calendar; what a deadline means is the stream's business, not this one's.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

import holidays

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # Vietnam has no summer time
HALF = 4 * 3600
DAY = 2 * HALF
_MORNING = 7 * 3600 + 1800
_AFTERNOON = 13 * 3600 + 1800
_CLOSE = time(17, 0)
_MIDNIGHT = time()


class OfficeCalendar:
    """The working days of some years; build it with `calendar_of`."""

    def __init__(self, first_year: int, last_year: int) -> None:
        off = holidays.country_holidays("VN", years=range(first_year, last_year + 1))
        first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        days = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
        self._days = [day for day in days if day.weekday() < 5 and day not in off]
        self._ordinals = [day.toordinal() for day in self._days]
        self._known = frozenset(self._days)

    def is_working(self, day: date) -> bool:
        """Whether the shops are open on this local day."""
        return day in self._known

    def moment(self, day: date, seconds: int) -> datetime:
        """The moment at which `seconds` of office time of a working day have passed."""
        return _midnight(day) + timedelta(seconds=seconds + (_MORNING if seconds < HALF else _AFTERNOON - HALF))

    def opening_from(self, moment: datetime) -> datetime:
        """The moment itself in office time, else the next opening."""
        index, seconds = self._place(moment)
        return self.moment(self._days[index], seconds)

    def add(self, moment: datetime, seconds: int) -> datetime:
        """The moment after so many seconds of office time, within the day rather than at the next opening."""
        index, passed = self._place(moment)
        days, rest = divmod(passed + seconds, DAY)
        return self.moment(self._days[index + days], rest)

    def between(self, start: datetime, end: datetime) -> int:
        """Seconds of office time from `start` to `end`."""
        (first, passed), (last, reached) = self._place(start), self._place(end)
        return (last - first) * DAY + reached - passed

    def close_after(self, moment: datetime, days: int) -> datetime:
        """17:00 of the working day that is `days` working days after the moment's own: what a receipt promises."""
        index, _ = self._place(moment)
        return datetime.combine(self._days[index + days], _CLOSE, LOCAL)

    def _place(self, moment: datetime) -> tuple[int, int]:
        """The index of the working day and the office seconds passed in it, rolled on to the next opening."""
        day = moment.date()
        index = bisect_right(self._ordinals, day.toordinal()) - 1
        if index < 0 or self._days[index] != day:
            return index + 1, 0
        clock = moment.hour * 3600 + moment.minute * 60 + moment.second
        if clock < _MORNING + HALF:
            return index, max(0, clock - _MORNING)
        seconds = HALF + max(0, clock - _AFTERNOON)
        return (index, seconds) if seconds < DAY else (index + 1, 0)


@cache
def calendar_of(year: int) -> OfficeCalendar:
    """The calendar for whatever begins in this year; two years of it are enough for any application."""
    return OfficeCalendar(year - 1, year + 2)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT, LOCAL)
