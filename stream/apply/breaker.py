"""A breaker against drowning in poison: more of it than chance explains means that something upstream broke."""

from collections import deque
from typing import Final

WINDOW: Final = 1_000
MOST_IN_WINDOW: Final = 10
"""1 % of the window."""
MOST_IN_A_ROW: Final = 10


class Breaker:
    """Watches the records of one partition."""

    def __init__(self) -> None:
        self._positions: deque[int] = deque()
        self._row = 0

    def good(self) -> None:
        """A record was applied, or was a duplicate."""
        self._row = 0

    def poison(self, position: int) -> str | None:
        """The record at this position was poison; answers why the partition has to stop, or None."""
        self._row += 1
        self._positions.append(position)
        while self._positions[0] <= position - WINDOW:
            self._positions.popleft()
        if self._row >= MOST_IN_A_ROW:
            return f"{self._row} records in a row could not be applied"
        if len(self._positions) > MOST_IN_WINDOW:
            return f"{len(self._positions)} of the last {WINDOW} records could not be applied"
        return None
