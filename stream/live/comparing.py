"""With which day today is compared: the same working day of a week before (C: a working assumption, see the file).

A Monday after Tết is compared with the last Monday that was worked, not with a Monday on which the offices were shut.
"""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from stream.core.calendar import WorkingCalendar
from stream.core.moment import date_of, day_of, moment_of

_WEEK: Final = timedelta(days=7)


class Comparing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`comparing.toml`."""

    weeks_back: Annotated[int, msgspec.Meta(ge=1, le=52)]


@cache
def shipped_comparing() -> Comparing:
    """How today is compared, as the program's file has it."""
    text = files(__package__).joinpath("comparing.toml").read_text()
    return msgspec.convert(tomllib.loads(text), Comparing)


def compared_with(now: datetime, calendar: WorkingCalendar) -> datetime | None:
    """The same time of day (an aware moment) on the day to compare with.

    On a working day that is the same weekday of the newest week before in which it was worked, None where none of the
    last weeks has one; on any other day seven days before.
    """
    if not calendar.is_working_day(local_day(now)):
        return now - _WEEK
    earlier = (now - _WEEK * weeks for weeks in range(1, shipped_comparing().weeks_back + 1))
    return next((then for then in earlier if calendar.is_working_day(local_day(then))), None)


def local_day(when: datetime) -> date:
    """The local date of an aware moment."""
    return date_of(day_of(moment_of(when)))
