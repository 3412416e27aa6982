"""Moments of a manifest, to be compared."""

from datetime import datetime


def moment_of(text: str) -> datetime:
    """The aware moment that stands in a manifest or a snapshot. Raises `ValueError`."""
    return datetime.fromisoformat(text)


def is_moment(text: str) -> bool:
    """Whether such a moment exists: 31 February does not."""
    try:
        moment_of(text)
    except ValueError:
        return False
    return True
