"""The real scheduler as a process whose clock is read from a file, so that a test can set it for all of them at once.

It looks and sends in a hurry: what takes a centre minutes takes a test seconds.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from ioc.settings import Settings
from ioc.snapshots.opening import Tempo, open_scheduling
from stream.snapshot.sending.outbox import Pace

HURRIED: Final = Tempo(
    look_every=0.1,
    beat_every=0.1,
    sending=Pace(
        lease=timedelta(seconds=20),
        first_wait=timedelta(seconds=0.1),
        longest_wait=timedelta(seconds=1),
        look_every=timedelta(seconds=0.1),
    ),
)


class SetClock:
    """A clock that everybody sees who knows its file: it goes on by itself from where it was set."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))

    def set(self, when: datetime) -> None:
        """Set it for all of them in one moment."""
        draft = self._file.with_suffix(".draft")
        draft.write_text(f"{(when - datetime.now(UTC)).total_seconds()}")
        draft.replace(self._file)


@dataclass
class Scheduler:
    """A process of its own; `killed` counts how often it was."""

    name: str
    home: Path
    database: str
    clock: Path
    killed: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        return self.home / f"{self.name}.log"

    def start(self) -> None:
        """Start it; it is not waited for."""
        command = [sys.executable, "-m", "tests.servers.scheduler", str(self.home), self.database, str(self.clock)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)

    def kill(self) -> None:
        """`kill -9`."""
        self._end(lambda process: process.send_signal(signal.SIGKILL))
        self.killed += 1

    def stop(self) -> int:
        """End it as `ioc up` does; its exit status."""
        return self._end(lambda process: process.send_signal(signal.SIGTERM))

    def _end(self, how: "Callable[[subprocess.Popen[bytes]], None]") -> int:
        if self.process is None:
            return 0
        how(self.process)
        status = self.process.wait(timeout=60)
        self.process = None
        return status


def main(home: Path, database: str, clock: Path) -> None:
    """Run it until it is stopped."""
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = Settings.load(home, {**os.environ, "IOC_DATABASE_URL": database})
    open_scheduling(settings, SetClock(clock), HURRIED).run(stop)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
