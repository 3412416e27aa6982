"""The newest board, computed once for all displays: on every hint, but never more often than it helps."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.frames import BOARD, frame

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: the shortest time between two boards, the longest, and the wait after one that failed."""

    least: float = 0.1
    most: float = 5.0
    after_failure: float = 1.0


class Boards:
    """Reads a board (JSON) in a thread whenever `stir` was called, and at least every `pace.most`.

    Time alone changes levels (an application becomes overdue at midnight) and hints may be lost, hence the
    longest time; the shortest one merges a burst of hints into one board. A hint that comes while a board
    is read makes another one: the last change is never lost.
    """

    def __init__(
        self,
        read: Callable[[], bytes],
        broadcast: Broadcast,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._broadcast = broadcast
        self._pace = pace or Pace()
        self._clock = clock
        self._stirred = asyncio.Event()
        self._read_at: float | None = None
        self.newest: bytes | None = None

    @property
    def age(self) -> float | None:
        """Seconds since the newest board was read; None before the first."""
        return None if self._read_at is None else self._clock() - self._read_at

    def stir(self) -> None:
        """Something has changed."""
        self._stirred.set()

    async def run(self) -> None:
        """Read boards and broadcast them, for ever; one that can't be read is logged and tried again."""
        while True:
            self._stirred.clear()
            started = self._clock()
            if not await self._renew():
                await asyncio.sleep(self._pace.after_failure)
                continue
            await asyncio.sleep(max(0.0, self._pace.least - (self._clock() - started)))
            await self._wait_for_change()

    async def _renew(self) -> bool:
        try:
            board = await asyncio.to_thread(self._read)
        except Exception as error:  # noqa: BLE001 - whatever it is, the displays must show their age and go on
            log.warning("board_unreadable", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
            return False
        self.newest, self._read_at = board, self._clock()
        self._broadcast.publish(frame(BOARD, board))
        return True

    async def _wait_for_change(self) -> None:
        try:
            async with asyncio.timeout(self._pace.most):
                await self._stirred.wait()
        except TimeoutError:
            return
