"""A working calendar for a year, as a JSON document and as a table."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ioc.adopting_view import WEEKDAYS, shown_clock, shown_day, shown_hours

if TYPE_CHECKING:
    from rich.table import Table

    from ingest.contracts.rules import CalendarAdopted


class _Day(NamedTuple):
    day: date
    free: bool
    by: str


def calendar_json(calendar: "CalendarAdopted", year: int) -> Mapping[str, object]:
    """The document of `ioc calendar show` and `check`."""
    return {
        "version": calendar.version,
        "cut_off": None if calendar.cut_off is None else shown_clock(calendar.cut_off),
        "week": {WEEKDAYS[day]: shown_hours(spans) for day, spans in enumerate(calendar.week)},
        "year": year,
        "days": [
            {"day": str(each.day), "weekday": WEEKDAYS[each.day.weekday()], "free": each.free, "by": each.by}
            for each in _days(calendar, year)
        ],
        "decisions": [each.name for each in calendar.decisions],
    }


def calendar_table(calendar: "CalendarAdopted", year: int) -> "Table":
    """The days that make the year differ from its weeks."""
    from rich.table import Table

    hours = {shown_hours(spans): WEEKDAYS[day] for day, spans in reversed(list(enumerate(calendar.week))) if spans}
    said = "; ".join(f"from {day} on {text}" if len(hours) > 1 else text for text, day in reversed(hours.items()))
    free = ", ".join(WEEKDAYS[day] for day, spans in enumerate(calendar.week) if not spans)
    caption = f"working hours {said}; free: {free or 'no weekday'}; cut-off: {shown_clock(calendar.cut_off)}"
    table = Table("day", "", "by", title=f"{calendar.version}, {year}", caption=caption)
    for each in _days(calendar, year):
        table.add_row(shown_day(each.day), "free" if each.free else "worked", each.by)
    return table


def _days(calendar: "CalendarAdopted", year: int) -> Iterator[_Day]:
    found = [
        _Day(day, free, decision.name)
        for decision in calendar.decisions
        for free, days in ((True, decision.days_off), (False, decision.days_on))
        for day in days
        if day.year == year
    ]
    yield from sorted(found)
