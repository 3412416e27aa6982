"""Whether the door can do its work: it lives, and the log behind it answers."""

import asyncio
import time
from typing import Final

from ingest.errors import IngestError
from ingest.log.protocol import EventLog

_FRESH: Final = 1.0  # seconds that an answer holds: asking is free for everyone, so it must cost nothing
_PATIENCE: Final = 3.0


class Health:
    """Asks the log at most once a second."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._lock = asyncio.Lock()
        self._answers = False
        self._asked = -_FRESH

    async def log_answers(self) -> bool:
        """Whether the log told its end positions within the last second, or does now."""
        async with self._lock:
            if time.monotonic() - self._asked >= _FRESH:
                self._answers = await self._ask()
                self._asked = time.monotonic()
        return self._answers

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                await asyncio.to_thread(self._log.end_positions)
        except (IngestError, TimeoutError):
            return False
        return True
