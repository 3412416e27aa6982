"""Moments as the sync record writes them."""

from datetime import datetime


def wire(moment: datetime) -> str:
    """`yyyyMMddHHmmss` of a local moment."""
    return f"{moment.year}{moment.month:02d}{moment.day:02d}{moment.hour:02d}{moment.minute:02d}{moment.second:02d}"
