"""What operators can do from the pages about data. Who is one, says `dashboard.access.people`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Replay: TypeAlias = Callable[[int, int, bytes | None], tuple[int, int]]
"""Sends a record in quarantine (partition, position) again, as it lies or corrected; answers its new place.

Raises `NotInQuarantineError`, and `UnavailableError` where the log can't take it just now.
"""


class UnavailableError(Exception):
    """The event log or the database does not answer: nothing was done, and it may be tried again."""


@dataclass(frozen=True, slots=True)
class Operators:
    """What they can do."""

    replay: Replay
