"""Reporting periods of both calendars (handbook 3.6).

- **index**: calendar months, quarters, half years and years, as the service-quality index has them.
- **statutory** (Decree 09/2019/NĐ-CP, kỳ báo cáo): every period runs from the 15th of the month before its first
  month to the 14th of its last: the month 2026-06 from 15 May to 14 June, 2026-H1 from 15 December to 14 June,
  2026-9M to 14 September, 2026 to 14 December.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args

from stream.kpi.window import Windows

CalendarName: TypeAlias = Literal["index", "statutory"]
CALENDARS: Final[tuple[CalendarName, ...]] = get_args(CalendarName)

_TEXT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<part>Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?")
_STATUTORY_FIRST: Final = 15
"""The day of the month with which a statutory period begins."""


class PeriodError(ValueError):
    """This names no period."""

    retriable = False


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` to `last`, both included.

    `calendar` is None where somebody gave the two days; `name` is what `parse_period` reads, or `first..last`.
    """

    calendar: CalendarName | None
    first: date
    last: date
    name: str

    def windows(self, when: datetime) -> Windows:
        """The period as of a moment, or as of its own end if that is earlier."""
        return Windows.over(self.first, self.last, when)


def parse_period(text: str, calendar: CalendarName) -> Period:
    """The period of a name: 2026 (year), 2026-H1 (half), 2026-Q2 (quarter), 2026-9M (nine months), 2026-06 (month).

    Raises `PeriodError`.
    """
    found = _TEXT.fullmatch(text)
    if found is None or not 1971 <= int(found["year"]) <= 9998:
        raise PeriodError(f"{text!r} is not a period such as 2026, 2026-H1, 2026-9M, 2026-Q2 or 2026-06")
    year, (from_month, to_month) = int(found["year"]), _months(found["part"])
    if calendar == "index":
        return Period(calendar, date(year, from_month, 1), _month_after(year, to_month) - timedelta(days=1), text)
    before = date(year, from_month, 1) - timedelta(days=1)
    first = before.replace(day=_STATUTORY_FIRST)
    return Period(calendar, first, date(year, to_month, _STATUTORY_FIRST - 1), text)


def period_of_days(first: date, last: date) -> Period:
    """The period between two local days that somebody gave; raises `PeriodError` where it ends before it begins."""
    if last < first:
        raise PeriodError("the period ends before it begins")
    return Period(None, first, last, f"{first}..{last}")


def _months(part: str | None) -> tuple[int, int]:
    """The first and the last month of a part of the year."""
    match tuple(part or ""):
        case ():
            return 1, 12
        case ("Q", number):
            return 3 * int(number) - 2, 3 * int(number)
        case ("H", number):
            return 6 * int(number) - 5, 6 * int(number)
        case ("9", _):
            return 1, 9
        case digits:
            month = int("".join(digits))
            return month, month


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
