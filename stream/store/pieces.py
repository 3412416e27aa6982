"""Which roll-ups make up a sum over a window: whole months, single days, and a piece of the ledger.

A month in which the window ends is taken whole, then its days after the end are taken off, and of the last
day what the ledger has after the end. For a figure of just now that is next to nothing, whatever the day:
only the steps that clocks will take in the rest of the month lie there. Where there are sums by year, what counts
since ever takes full years first, then the months of its last year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from stream.core.moment import Day, Moment, date_of, day_number, day_of, start_of

EVER: Final[Day] = 0
"""1970-01-01: before any day that an application can have."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Roll-up rows from one day up to but not including another, to be added (1) or taken off (-1)."""

    grain: Literal["day", "month", "year"]
    sign: int
    start: Day
    stop: Day


def pieces(since: Day | None, until: Moment, *, by_year: bool = False) -> Iterator[Piece]:
    """The roll-up rows from a day on (None: since ever) that hold everything before `until`.

    They hold the rest of its last day too: `rest_of_day` is to be taken off. `by_year` where there are sums by year.
    """
    end = day_of(until - 1) + 1
    if since is not None and since >= end:
        return
    next_month = _month_after(end - 1)
    months_from = EVER if since is None else since if date_of(since).day == 1 else _month_after(since)
    if since is not None and months_from == next_month and since != months_from:
        yield Piece("day", 1, since, end)
        return
    if since is not None and since < months_from:
        yield Piece("day", 1, since, months_from)
    if since is None and by_year:
        months_from = day_number(date_of(end - 1).replace(month=1, day=1))
        yield Piece("year", 1, EVER, months_from)
    yield Piece("month", 1, months_from, next_month)
    if end < next_month:
        yield Piece("day", -1, end, next_month)


def rest_of_day(since: Day | None, until: Moment) -> tuple[Moment, Moment] | None:
    """What of the ledger `pieces` holds too much: from `until` to the midnight after it; None where nothing is."""
    midnight = start_of(day_of(until - 1) + 1)
    if until == midnight or (since is not None and start_of(since) >= midnight):
        return None
    return until, midnight


def _month_after(day: Day) -> Day:
    first = date_of(day).replace(day=1)
    return day_number(first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1))
