"""Wrong keys are answered ever more slowly."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_MOST_SECONDS: Final = 60.0
_MOST_ADDRESSES: Final = 1000


class Patience:
    """How long an address has to wait after so many wrong tries in a row: nothing, 1 s, 2 s, 4 s … 60 s."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until this address may try again; 0 where it may now."""
        tries, until = self._wrong.get(address, (0, 0.0))
        return max(0.0, until - self._clock()) if tries else 0.0

    def was_wrong(self, address: str) -> None:
        """It tried a wrong key."""
        tries = self._wrong.pop(address, (0, 0.0))[0] + 1
        pause = 0.0 if tries == 1 else min(2.0 ** (tries - 2), _MOST_SECONDS)
        self._wrong[address] = (tries, self._clock() + pause)
        if len(self._wrong) > _MOST_ADDRESSES:
            self._wrong.popitem(last=False)

    def was_right(self, address: str) -> None:
        """It had the key: nothing is held against it."""
        self._wrong.pop(address, None)
