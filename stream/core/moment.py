"""Moments as the core counts them: whole seconds since 1970-01-01 UTC. The one place that converts.

Local time is Asia/Ho_Chi_Minh, which has been UTC+7 without daylight saving since 1975, so that a local
day is plain arithmetic. Days are counted from 1970-01-01, local.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeAlias

Moment: TypeAlias = int
"""Seconds since 1970-01-01 00:00 UTC."""
Day: TypeAlias = int
"""Local days since 1970-01-01."""

DAY_SECONDS: Final = 86_400
OFFSET: Final = 7 * 3_600
"""Seconds that Asia/Ho_Chi_Minh is ahead of UTC."""

_EPOCH: Final = date(1970, 1, 1)


def moment_of(when: datetime) -> Moment:
    """The moment of an aware datetime, cut to the second; raises `ValueError` for a naive one."""
    if when.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return int(when.timestamp() // 1)


def datetime_of(moment: Moment) -> datetime:
    """The moment as an aware datetime in UTC."""
    return datetime.fromtimestamp(moment, UTC)


def day_of(moment: Moment) -> Day:
    """The local day in which the moment lies."""
    return (moment + OFFSET) // DAY_SECONDS


def start_of(day: Day) -> Moment:
    """Local midnight at which the day begins."""
    return day * DAY_SECONDS - OFFSET


def date_of(day: Day) -> date:
    """The calendar date of a local day."""
    return _EPOCH + timedelta(days=day)


def day_number(day: date) -> Day:
    """The local day of a calendar date."""
    return (day - _EPOCH).days
