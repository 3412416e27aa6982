"""Comparing what was sent with what is known now, in working hours: late records become a new version."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event
from typing import Any, Final

import structlog
from psycopg import Connection

from stream.core.calendar import WorkingCalendar
from stream.core.moment import date_of, day_of, moment_of, start_of
from stream.snapshot.restate.comparing import Comparing
from stream.sources.calendar import read_calendar

LOOK_EVERY: Final = 60.0

_log = structlog.get_logger(__name__)


class Comparer:
    """Compares, in a thread of its own: it computes whole snapshots, and what is due does not wait for that."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], comparing: Comparing
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._comparing = comparing

    def run(self, stop: Event) -> None:
        """Compare until `stop` is set. Whatever fails is logged and tried again."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    while not stop.is_set():
                        self.once(connection, stop)
                        stop.wait(LOOK_EVERY)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                reason = str(error).split("\n", 1)[0]
                _log.warning("snapshot.comparing_again", error=type(error).__name__, reason=reason)
                stop.wait(LOOK_EVERY)

    def once(self, connection: Connection[Any], stop: Event) -> None:
        """Compare what is due for it, one version after another; nothing outside of working hours."""
        while not stop.is_set() and is_worked(read_calendar(connection), self._clock()):
            compared = self._comparing.once(connection, self._clock())
            if compared is None:
                return
            _log.info("snapshot.compared", **compared._asdict())


def is_worked(calendar: WorkingCalendar, now: datetime) -> bool:
    """Whether the moment lies in working time."""
    moment = moment_of(now)
    day = day_of(moment)
    clock = moment - start_of(day)
    return any(since <= clock < until for since, until in calendar.hours_of(date_of(day)))
