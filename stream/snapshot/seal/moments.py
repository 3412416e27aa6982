"""Moments as a seal writes them: local (+07:00), to the second."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def moment_text(moment: datetime) -> str:
    """2026-11-20T16:30:00+07:00 for an aware moment."""
    return moment.astimezone(LOCAL).isoformat(timespec="seconds")


def moment_of(text: str) -> datetime:
    """The moment that stands in a manifest or a snapshot."""
    return datetime.fromisoformat(text)
