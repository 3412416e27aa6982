"""The newest frame of a scene, made once for all displays: on every hint, but never more often than it helps."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.frames import BOARD, frame
from dashboard.feed.threads import in_wall_thread

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: the shortest time between two frames, the longest, and the longest while no display wants them.

    `after_failure` is the wait after one that could not be read; `settling` the longest between two soon after that:
    what else was away comes back in these seconds, and nothing says so. Nor does anything when a worker is back, hence
    `frozen`, the longest after a frame with frozen figures.
    """

    least: float = 2.0
    most: float = 7.0
    unseen: float = 60.0
    after_failure: float = 1.0
    settling: float = 1.0
    frozen: float = 3.0


_SETTLED_AFTER = 30.0
_FROZEN = b'"state":"frozen"'  # in a frame, see stream.live.message


class Boards:
    """Reads the frame (JSON) of a scene in a thread whenever `stir` was called, and at least as `pace` says.

    Time alone changes levels (an application becomes overdue at midnight) and hints may be lost, hence the
    longest time; the shortest one merges a burst of hints into one frame. A hint that comes while a frame
    is read makes another one: the last change is never lost.
    """

    def __init__(
        self,
        scene: str,
        read: Callable[[], bytes],
        broadcast: Broadcast,
        pace: Pace,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.scene = scene
        self._read = read
        self._broadcast = broadcast
        self._pace = pace
        self._clock = clock
        self._stirred = asyncio.Event()
        self._read_at: float | None = None
        self._failed_at: float | None = None
        self.newest: bytes | None = None

    @property
    def age(self) -> float | None:
        """Seconds since the newest frame was read; None before the first."""
        return None if self._read_at is None else self._clock() - self._read_at

    def stir(self) -> None:
        """Something has changed, or a display has come: worth a reading where one is looking."""
        if self._broadcast.wants(self.scene):
            self._stirred.set()

    async def run(self) -> None:
        """Read frames and broadcast them, for ever; one that can't be read is logged and tried again."""
        while True:
            self._stirred.clear()
            started = self._clock()
            if not await self._renew():
                await asyncio.sleep(self._pace.after_failure)
                continue
            await asyncio.sleep(max(0.0, self._pace.least - (self._clock() - started)))
            await self._wait_for_change()

    @property
    def _longest(self) -> float:
        if not self._broadcast.wants(self.scene):
            return self._pace.unseen
        if self._failed_at is not None and self._clock() - self._failed_at < _SETTLED_AFTER:
            return min(self._pace.settling, self._pace.most)
        if self.newest is not None and _FROZEN in self.newest:
            return min(self._pace.frozen, self._pace.most)
        return self._pace.most

    async def _renew(self) -> bool:
        try:
            newest = await in_wall_thread(self._read)
        except Exception as error:  # noqa: BLE001 - whatever it is, the displays must show their age and go on
            log.warning(
                "frame_unreadable", scene=self.scene, error=type(error).__name__, reason=str(error).split("\n", 1)[0]
            )
            self._failed_at = self._clock()
            return False
        self.newest, self._read_at = newest, self._clock()
        self._broadcast.publish(self.scene, frame(BOARD, newest))
        return True

    async def _wait_for_change(self) -> None:
        try:
            async with asyncio.timeout(self._longest):
                await self._stirred.wait()
        except TimeoutError:
            return
