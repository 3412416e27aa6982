"""How fast new devices may ask to become displays."""

import time
from collections.abc import Callable


class Pace:
    """So many at once, then one every `seconds`: a page that asks for ever with new keys does not fill the table."""

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._left = float(burst)
        self._at = clock()

    def take(self) -> bool:
        """Whether another one may now."""
        now = self._clock()
        self._left = min(float(self._burst), self._left + (now - self._at) / self._seconds)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
