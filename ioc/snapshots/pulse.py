"""A scheduler's pulse: a sign of life every few seconds, and the rows of slots that have come due meanwhile.

It has a thread of its own: however long a snapshot takes, the next ones are written down when they are due.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from threading import Event, current_thread
from typing import Any, Final

import structlog
from psycopg import Connection

from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.heartbeat import Sign, beat, forget, last_seen
from stream.snapshot.schedule.making import Maker
from stream.snapshot.schedule.schedule import Schedules

BEAT_EVERY: Final = 5.0
_TIDY_EVERY: Final = timedelta(hours=6)

_log = structlog.get_logger(__name__)


class Pulse:
    """Beats until it is stopped. `does` is told what the scheduler does; `has_begun` is set at the first beat."""

    def __init__(
        self, name: str, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime],
        schedules: Callable[[], Schedules], absences: Absences,
    ) -> None:  # fmt: skip
        self._connect = connect
        self._clock = clock
        self._schedules = schedules
        self._absences = absences
        self._maker = Maker(absences)
        self._sign = Sign(name, clock(), "")
        self._tidied_at: datetime | None = None
        self._doing: dict[str, str] = {}
        self.has_begun = Event()

    def does(self, what: str) -> None:
        """The thread that calls does this now; nothing where it is empty."""
        self._doing = {**self._doing, current_thread().name: what}

    def run(self, stop: Event, every: float = BEAT_EVERY) -> None:
        """Beat until `stop` is set. Whatever fails is logged and tried again: the gap is known afterwards."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    while not stop.is_set():
                        self.once(connection)
                        stop.wait(every)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                _log.warning("snapshot.no_pulse", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
                stop.wait(every)

    def once(self, connection: Connection[Any]) -> None:
        """One beat."""
        now = self._clock()
        if not self.has_begun.is_set():
            self._absences.begin(now, last_seen(connection))
        else:
            self._absences.looked(now)
        self._maker.once(connection, self._schedules(), now)
        beat(connection, self._sign._replace(doing="; ".join(filter(None, self._doing.values()))), now)
        self.has_begun.set()
        if self._tidied_at is None or not timedelta(0) <= now - self._tidied_at < _TIDY_EVERY:
            forget(connection, now)
            self._tidied_at = now
