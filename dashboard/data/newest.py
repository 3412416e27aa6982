"""The newest reading for every page that asks, however many ask at once."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
import structlog
from psycopg import Connection, Error

from dashboard.data.reader import Reader

_GOOD_FOR: Final = 1.0
"""Seconds for which one reading serves every page."""

log = structlog.get_logger(__name__)


class Newest:
    """What `reading` answers, as JSON, read again when somebody asks after `good_for` seconds; for any thread."""

    def __init__(
        self, reader: Reader, reading: Callable[[Connection[Any]], object], good_for: float = _GOOD_FOR
    ) -> None:
        self._reader = reader
        self._reading = reading
        self._good_for = good_for
        self._turn = threading.Lock()
        self._newest: bytes | None = None
        self._read_at = 0.0
        self._expired = False

    async def answer(self) -> tuple[bytes, float] | None:
        """The same as `read`, without a thread where nothing has to be read."""
        return self._fresh() or await self._reader.ask(self.read)

    def read(self) -> tuple[bytes, float] | None:
        """The newest, with its age in seconds; None where none could be read yet.

        While the database is away it is the last one, and its age grows: the page says so.
        """
        with self._turn:
            if not self._is_good:
                self._renew()
            return None if self._newest is None else (self._newest, time.monotonic() - self._read_at)

    def _fresh(self) -> tuple[bytes, float] | None:
        if not self._turn.acquire(blocking=False):  # somebody reads: their answer is waited for
            return None
        try:
            if self._newest is None or not self._is_good:
                return None
            return self._newest, time.monotonic() - self._read_at
        finally:
            self._turn.release()

    @property
    def _is_good(self) -> bool:
        return self._newest is not None and not self._expired and time.monotonic() - self._read_at <= self._good_for

    def expire(self) -> None:
        """Something was changed from here: whoever asks next is not answered with what was before."""
        with self._turn:
            self._expired = True

    def _renew(self) -> None:
        try:
            self._newest = msgspec.json.encode(self._reader.read(self._reading))
            self._read_at, self._expired = time.monotonic(), False
        except Error as error:
            log.warning("data_unreadable", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
