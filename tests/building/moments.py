"""Moments as people write them, in local time."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from stream.core.moment import Moment, moment_of

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def local(text: str) -> datetime:
    """`2026-02-13 09:00`, local time."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def moment(text: str) -> Moment:
    """The same as the core counts it."""
    return moment_of(local(text))
