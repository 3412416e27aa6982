"""A breaker against drowning in poison: more of it than chance explains means that something upstream broke."""

from collections import deque
from typing import Final

WINDOW: Final = 1_000
MOST_IN_WINDOW: Final = 10
"""More than 1 % of the window."""
MOST_IN_A_ROW: Final = 10


class Breaker:
    """Watches the records of one partition."""

    def __init__(self) -> None:
        self._last: deque[bool] = deque(maxlen=WINDOW)
        self._poisoned = 0
        self._row = 0

    def good(self) -> None:
        """A record was applied, or was a duplicate."""
        self._push(poison=False)
        self._row = 0

    def poison(self) -> str | None:
        """A record was poison; answers why the partition has to stop, or None."""
        self._push(poison=True)
        self._row += 1
        if self._row >= MOST_IN_A_ROW:
            return f"{self._row} records in a row could not be applied"
        if self._poisoned > MOST_IN_WINDOW:
            return f"{self._poisoned} of the last {len(self._last)} records could not be applied"
        return None

    def _push(self, *, poison: bool) -> None:
        if len(self._last) == WINDOW:
            self._poisoned -= self._last[0]
        self._last.append(poison)
        self._poisoned += poison
