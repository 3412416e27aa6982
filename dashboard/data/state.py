"""What the data page shows: every source, the sums of the log, incidents, and what lies in quarantine."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import structlog
from psycopg import Connection, Error

from stream.live.partitions import read_partitions
from stream.quarantine import Quarantine
from stream.sources import read_incidents, read_source_health
from stream.store.reading import snapshot

INCIDENTS_OF: Final = timedelta(days=7)
LISTED: Final = 50
"""Records of the quarantine that are listed; the command line lists them all."""
_GOOD_FOR: Final = 1.0
"""Seconds for which one reading serves every page that asks."""

log = structlog.get_logger(__name__)


class StateSource:
    """Reads the state over a connection of its own, which is opened again after an error; for any thread."""

    def __init__(self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime]) -> None:
        self._connect = connect
        self._clock = clock
        self._connection: Connection[Any] | None = None
        self._turn = threading.Lock()
        self._newest: bytes | None = None
        self._read_at = 0.0
        self._expired = False

    def read(self) -> tuple[bytes, float] | None:
        """The newest state as JSON, with its age in seconds; None where none could be read yet.

        While the database is away it is the last one, and its age grows: the page says so.
        """
        with self._turn:
            if self._newest is None or self._expired or time.monotonic() - self._read_at > _GOOD_FOR:
                self._renew()
            return None if self._newest is None else (self._newest, time.monotonic() - self._read_at)

    def expire(self) -> None:
        """Something was changed from here: whoever asks next is not answered with what was before."""
        with self._turn:
            self._expired = True

    def close(self) -> None:
        """Close the connection; the next reading opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _renew(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._connect()
            self._newest = msgspec.json.encode(read_state(self._connection, self._clock()))
            self._read_at, self._expired = time.monotonic(), False
        except Error as error:
            self.close()
            log.warning("data_unreadable", error=type(error).__name__, reason=str(error).split("\n", 1)[0])


def read_state(connection: Connection[Any], now: datetime) -> dict[str, Any]:
    """Everything on the page as of `now`, in one snapshot, so that sums of different tables can be compared.

    Sources that promised nothing (the centre itself, records that can't be read) stand last.
    """
    with snapshot(connection):
        quarantine = Quarantine(connection)
        return {
            "sources": sorted(read_source_health(connection, now), key=lambda each: (not each.kind, each.source)),
            "partitions": [each._asdict() for each in read_partitions(connection)],
            "incidents": read_incidents(connection, now - INCIDENTS_OF),
            "quarantine": {
                "waiting": quarantine.waiting(),
                "listed": [each._asdict() for each in quarantine.list(LISTED)],
            },
        }
