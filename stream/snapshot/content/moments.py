"""Moments and days as a snapshot writes them: local time, to the second, or to the millisecond of the log."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def second(when: datetime) -> str:
    """As in 2026-11-16T08:00:00+07:00."""
    return when.astimezone(LOCAL).isoformat(timespec="seconds")


def millisecond(when: datetime) -> str:
    """As in 2026-11-16T08:00:00.000+07:00."""
    return when.astimezone(LOCAL).isoformat(timespec="milliseconds")


def cut_to_millisecond(when: datetime) -> datetime:
    """The moment as the log knows moments, which has no smaller ones."""
    return when.replace(microsecond=when.microsecond // 1000 * 1000)
