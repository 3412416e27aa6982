"""Which schedules hold: the centre's own file is read again when it changes; one with a mistake changes nothing."""

from pathlib import Path
from threading import Lock
from typing import Final

import structlog

from stream.snapshot.schedule.errors import ScheduleError
from stream.snapshot.schedule.reading import read_schedules, shipped_schedules
from stream.snapshot.schedule.schedule import NO_SCHEDULES, Schedules

SCHEDULES_FILE: Final = "snapshots.toml"

_log = structlog.get_logger(__name__)


def schedules_in(home: Path) -> Schedules:
    """The schedules with the centre's `<home>/snapshots.toml` over them, if there is one. Raises `ScheduleError`."""
    file = home / SCHEDULES_FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return shipped_schedules()
    except (OSError, UnicodeDecodeError) as error:
        raise ScheduleError(f"{file}: can't be read: {error}") from error
    return read_schedules(str(file), text)


class SchedulesInForce:
    """The newest schedules that could be read; until any could, there are none: nothing goes to whom nobody named.

    `problem` says what is wrong with the file as it is now. Any thread may ask.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._mark: object = ()
        self._reading = Lock()
        self._schedules = NO_SCHEDULES
        self.problem: str | None = None

    def __call__(self) -> Schedules:
        """The schedules in force; the file is read again if it is another."""
        with self._reading:
            mark = _mark(self._home / SCHEDULES_FILE)
            if mark != self._mark:
                self._mark = mark
                self._renew()
            return self._schedules

    def _renew(self) -> None:
        try:
            self._schedules = schedules_in(self._home)
        except ScheduleError as error:
            self.problem = str(error)
            _log.error("snapshot.schedules_refused", reason=self.problem, in_force=len(self._schedules))
            return
        self.problem = None
        _log.info("snapshot.schedules", schedules=len(self._schedules), receivers=list(self._schedules.receivers))


def _mark(file: Path) -> object:
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino
