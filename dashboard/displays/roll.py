"""Which displays are approved, as known a moment ago: no stream asks the database."""

import asyncio
from collections.abc import Callable, Mapping

import structlog

from dashboard.displays.facts import DisplayFacts
from dashboard.feed.threads import in_wall_thread

log = structlog.get_logger(__name__)


class Roll:
    """Read again every second, so that a display that was revoked anywhere is one no more within a second.

    Where the database does not answer, what was known last goes on to hold: a wall does not go dark for that.
    """

    def __init__(self, read: Callable[[], Mapping[int, DisplayFacts]], *, seconds: float = 1.0) -> None:
        self._read = read
        self._seconds = seconds
        self._approved: Mapping[int, DisplayFacts] | None = None
        self._is_away = False

    def get(self, number: int) -> DisplayFacts | None:
        """The approved display of that number."""
        return None if self._approved is None else self._approved.get(number)

    async def known(self) -> bool:
        """Whether it is known at all; asks where it is not."""
        return self._approved is not None or await self.renew()

    async def renew(self) -> bool:
        """Read it now; answers False where it can't be read."""
        try:
            self._approved = await in_wall_thread(self._read)
        except Exception as error:  # noqa: BLE001 - whatever it is, displays go on as they were
            if not self._is_away:
                log.warning("displays_unknown", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
            self._is_away = True
            return False
        self._is_away = False
        return True

    async def run(self) -> None:
        """Read it again and again, for ever."""
        while True:
            await self.renew()
            await asyncio.sleep(self._seconds)
