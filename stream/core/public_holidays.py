"""Public holidays of Vietnam, lunar New Year included, from the library `holidays` (Labour Code 2019, art. 112)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import holidays

from stream.core.calendar import WorkingCalendar

CALENDAR_VERSION: Final = "office-1"


def vietnamese_holidays(years: Iterable[int]) -> frozenset[date]:
    """The public holidays of these years, with the days off that stand in for those on a weekend."""
    return frozenset(holidays.country_holidays("VN", years=list(years)))


def office_calendar() -> WorkingCalendar:
    """The calendar in force: office hours and public holidays."""
    return WorkingCalendar(CALENDAR_VERSION, days_off=vietnamese_holidays(range(2015, 2051)))
