"""Moments of a manifest, to be compared."""

from datetime import datetime


def moment_of(text: str) -> datetime:
    """The aware moment that stands in a manifest or a snapshot."""
    return datetime.fromisoformat(text)
