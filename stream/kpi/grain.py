"""A stretch of time cut into the windows of a series: local days or calendar months."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from stream.core.moment import date_of, day_number, day_of, moment_of
from stream.kpi.period import PeriodError
from stream.kpi.window import Windows

Grain: TypeAlias = Literal["day", "month"]
MOST_POINTS: Final = 1_200
"""Of a series: more than three years of days, a century of months."""


def grains(first: date, last: date, grain: Grain, when: datetime) -> list[Windows]:
    """The windows from one local day to another, both included; those that begin after `when` are left out.

    A month that is not whole is counted as far as it was asked for. Raises `PeriodError` for a stretch that ends
    before it begins, or has more than `MOST_POINTS` windows.
    """
    if last < first:
        raise PeriodError("the series ends before it begins")
    days = (last - first).days
    if (days if grain == "day" else days // 28) >= MOST_POINTS:
        raise PeriodError(f"a series has at most {MOST_POINTS:,} points: ask for months, or for less time")
    today = date_of(day_of(moment_of(when)))
    return [Windows.over(start, stop, when) for start, stop in _cut(first, last, grain) if start <= today]


def _cut(first: date, last: date, grain: Grain) -> Iterator[tuple[date, date]]:
    start = first
    while start <= last:
        stop = start if grain == "day" else min(last, _end_of_month(start))
        yield start, stop
        start = date_of(day_number(stop) + 1)


def _end_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date_of(day_number(following) - 1)
