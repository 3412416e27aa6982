"""The new date that a letter promises: a working day after today (domain handbook 3.4, Decree 61/2018/NĐ-CP)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dashboard.letters.errors import LetterError
from stream.core.calendar import WorkingCalendar
from stream.core.moment import datetime_of, day_number, start_of

_DAY = timedelta(days=1)


def proposed(calendar: WorkingCalendar, today: date, after: int) -> date:
    """The working day after so many working days: the first one after today for 1. Raises `LetterError`."""
    day, left = today, after
    while left > 0:
        day += _DAY
        if day > calendar.last:
            raise LetterError("no_calendar")
        left -= calendar.is_working_day(day)
    return day


def check_new_date(calendar: WorkingCalendar, new_date: date, today: date, within: int) -> None:
    """Raises `LetterError` for a day that can't be promised."""
    if new_date <= today:
        raise LetterError("not_after_today")
    if new_date > today + within * _DAY or new_date > calendar.last:
        raise LetterError("too_far")
    if not calendar.is_working_day(new_date):
        raise LetterError("not_a_working_day")


def free_days(calendar: WorkingCalendar, today: date, within: int) -> Sequence[date]:
    """The days after today that nobody can be told to come on, as far as can be promised."""
    days = (today + number * _DAY for number in range(1, within + 1))
    return [day for day in days if day <= calendar.last and not calendar.is_working_day(day)]


def end_of_work(calendar: WorkingCalendar, day: date) -> datetime:
    """When work ends on a working day: until then the result is promised."""
    start = start_of(day_number(day))
    return datetime_of(calendar.add(start, calendar.measure(start, start_of(day_number(day) + 1))))
