"""Days without working time, by name: what a reader has to see to follow how a term or a wait was counted."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeAlias

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment, date_of, day_of

DayNames: TypeAlias = Callable[[date], str | None]
"""Why a day is free: the name of the holiday or of the decision; None for an ordinary free day of the week."""


class IdleDays(NamedTuple):
    """Days in a row without working time, the first and the last included; `name` None: weekend."""

    first: date
    last: date
    name: str | None


def idle_days(calendar: WorkingCalendar, start: Moment, end: Moment, names: DayNames) -> Iterator[IdleDays]:
    """The days without working time from one moment to another, those of one name together."""
    days = (date_of(day) for day in range(day_of(start), day_of(end) + 1))
    free = [(day, _name(calendar, day, names)) for day in days if not calendar.is_working_day(day)]
    numbered = ((day.toordinal() - place, name, day) for place, (day, name) in enumerate(free))
    for (_, name), run in groupby(numbered, key=lambda each: each[:2]):
        found = [day for *_, day in run]
        yield IdleDays(found[0], found[-1], name)


def _name(calendar: WorkingCalendar, day: date, names: DayNames) -> str | None:
    """A free day of the week is free whatever falls on it; only where a holiday's name is known is that told."""
    found = names(day)
    return found if found is not None or not calendar.week.get(day.weekday()) else None
