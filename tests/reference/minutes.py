"""Minutes and days, local: minute 0 and day 0 begin with the year 2023 in Asia/Ho_Chi_Minh."""

from datetime import date, datetime, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

Minute: TypeAlias = int
"""Minutes since 2023-01-01 00:00 local time."""

FIRST_DAY: Final = date(2023, 1, 1)
DAYS: Final = (date(2028, 1, 1) - FIRST_DAY).days
MINUTES_A_DAY: Final = 24 * 60
_FIRST: Final = datetime(2023, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def minute(text: str) -> Minute:
    """`2026-02-13 09:00`, or a date alone for its midnight."""
    when = datetime.fromisoformat(text).replace(tzinfo=_FIRST.tzinfo)
    return int((when - _FIRST) / timedelta(minutes=1))


def midnight(day: date) -> Minute:
    """The first minute of a day."""
    return (day - FIRST_DAY).days * MINUTES_A_DAY


def day(at: Minute) -> date:
    """The day in which a minute lies."""
    return FIRST_DAY + timedelta(days=at // MINUTES_A_DAY)


def seconds(at: Minute) -> int:
    """The beginning of a minute as seconds since 1970-01-01 UTC."""
    return int(_FIRST.timestamp()) + at * 60
