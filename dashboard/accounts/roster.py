"""Who is signed in, as known a moment ago: no request and no stream asks the database."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from psycopg import Connection

from dashboard.access.people import Signed
from dashboard.accounts.sessions import IDLE, digest, read_sessions, touch_sessions
from dashboard.data.reader import Reader
from dashboard.feed.threads import in_wall_thread

log = structlog.get_logger(__name__)

STALE: Final = 5.0
"""Seconds after which what was read is no answer any more: nobody is believed then."""


class Roster:
    """Read again every second: a session that was ended anywhere opens nothing a second later.

    Where the database does not answer for longer than `STALE`, it is not known who anybody is.
    """

    def __init__(self, reader: Reader, clock: Callable[[], datetime], *, seconds: float = 1.0) -> None:
        self._reader = reader
        self._clock = clock
        self._seconds = seconds
        self._read_at = float("-inf")
        self._signed: Mapping[bytes, Signed] = {}
        self._touched: dict[int, datetime] = {}
        self._is_away = False

    @property
    def is_known(self) -> bool:
        """Whether what was read is fresh enough to believe."""
        return time.monotonic() - self._read_at <= STALE

    async def known(self) -> bool:
        """Whether it is known who is signed in; asks where it is not."""
        return self.is_known or await self.renew()

    def signed(self, token: str) -> Signed | None:
        """The session of a token, while it holds; None where it is none, or was ended."""
        found = self._signed.get(digest(token)) if token else None
        if found is None:
            return None
        now, seen = self._clock(), self._touched.get(found.number, found.seen_at)
        return found if now < found.until and now - max(seen, found.seen_at) < IDLE else None

    def touch(self, signed: Signed) -> None:
        """The person of this session did something just now; it is written down at the next reading."""
        self._touched[signed.number] = self._clock()

    async def renew(self) -> bool:
        """Read it now; answers False where it can't be read."""
        try:
            began = time.monotonic()
            self._signed = await in_wall_thread(lambda: self._reader.read(self._renewed))
            self._read_at = began
        except Exception as error:  # noqa: BLE001 - whatever it is, who is signed in is not known
            if not self._is_away:
                log.warning("sessions_unknown", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
            self._is_away = True
            return False
        self._is_away = False
        return True

    async def run(self) -> None:
        """Read it again and again, for ever."""
        while True:
            await self.renew()
            await asyncio.sleep(self._seconds)

    def _renewed(self, connection: Connection[Any]) -> Mapping[bytes, Signed]:
        moments = dict(self._touched)
        if moments:
            touch_sessions(connection, moments)
        found = read_sessions(connection, self._clock())
        for number, moment in moments.items():  # what was touched meanwhile is written down the next time
            if self._touched.get(number) == moment:
                del self._touched[number]
        return found
