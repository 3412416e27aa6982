"""The periods of a schedule: their names, and what a name means (handbook 3.6)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from stream.kpi.period import Period, PeriodError, parse_period
from stream.snapshot.schedule.schedule import PeriodKind, Schedule

_PARTS: Final = {
    "month": tuple(f"-{month:02}" for month in range(1, 13)),
    "quarter": ("-Q1", "-Q2", "-Q3", "-Q4"),
    "half_year": ("-H1", "-H2"),
    "nine_months": ("-9M",),
    "year": ("",),
}
_EXAMPLES: Final[dict[PeriodKind, str]] = {
    "day": "2026-11-20", "month": "2026-06", "quarter": "2026-Q2", "half_year": "2026-H1", "nine_months": "2026-9M",
    "year": "2026",
}  # fmt: skip


def period_named(schedule: Schedule, name: str) -> Period:
    """The period of this schedule that has the name. Raises `PeriodError`, which says how such names are written."""
    example = _EXAMPLES[schedule.period]
    wrong = PeriodError(f"{name!r} is no period of {schedule.id}: write one such as {example}")
    if schedule.period == "day":
        try:
            day = date.fromisoformat(name)
        except ValueError:
            raise wrong from None
        if f"{day}" != name:
            raise wrong
        return _day(day)
    if schedule.calendar is None or name[4:] not in _PARTS[schedule.period]:
        raise wrong
    try:
        return parse_period(name, schedule.calendar)
    except PeriodError:
        raise wrong from None


def periods_ending(schedule: Schedule, first: date, last: date) -> Iterator[Period]:
    """Its periods whose last day lies between two days, both included, in order."""
    if schedule.calendar is None:
        for number in range((last - first).days + 1):
            yield _day(first + timedelta(days=number))
        return
    for year in range(first.year, last.year + 1):
        for part in _PARTS[schedule.period]:
            period = parse_period(f"{year}{part}", schedule.calendar)
            if first <= period.last <= last:
                yield period


def period_before(schedule: Schedule, today: date) -> Period:
    """The newest period whose last day is before `today`; of days, today itself."""
    if schedule.calendar is None:
        return _day(today)
    ended = periods_ending(schedule, date(today.year - 2, 1, 1), today - timedelta(days=1))
    *_, newest = ended
    return newest


def _day(day: date) -> Period:
    """A day as a period: from the first of its month, as form II.06a of the day counts."""
    return Period(None, day.replace(day=1), day, f"{day}")
