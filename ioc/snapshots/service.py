"""The scheduler: makes what is due, sends it, compares what was sent, makes dry runs, and says that it is there."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final, Protocol

import structlog
from psycopg import Connection

from ioc.snapshots.pulse import BEAT_EVERY, Pulse
from stream.snapshot.schedule.book import FIRST, LATER, Versions
from stream.snapshot.schedule.drafting import once as make_draft
from stream.snapshot.schedule.schedule import Schedules
from stream.snapshot.schedule.working import Means, Working

LOOK_EVERY: Final = 1.0

_log = structlog.get_logger(__name__)


class Beside(Protocol):
    """What runs in a thread of its own beside the scheduler, until it is stopped."""

    def run(self, stop: Event) -> None:
        """Run; must not raise."""


@dataclass(frozen=True)
class Parts:
    """What the service is made of."""

    connect: Callable[[], Connection[Any]]
    schedules: Callable[[], Schedules]
    means: Means
    pulse: Pulse
    beside: Sequence[Beside]


class Scheduling:
    """Runs until it is stopped; any number of them run beside each other.

    What is due for the first time is made by one thread; restatements, which may take minutes, and dry runs by another.
    """

    def __init__(self, parts: Parts, look_every: float = LOOK_EVERY, beat_every: float = BEAT_EVERY) -> None:
        self._parts = parts
        self._look_every = look_every
        self._beat_every = beat_every

    def run(self, stop: Event) -> None:
        """Make what is due. Whatever fails is logged and tried again."""
        parts = self._parts
        threads = [
            Thread(target=parts.pulse.run, args=(stop, self._beat_every), name="pulse"),
            Thread(target=self._keep_working, args=(LATER, stop), name="later"),
            *(Thread(target=each.run, args=(stop,), name=type(each).__name__) for each in parts.beside),
        ]
        for thread in threads:
            thread.start()
        try:
            self._keep_working(FIRST, stop)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _keep_working(self, versions: Versions, stop: Event) -> None:
        parts = self._parts
        while not stop.is_set():
            if not parts.pulse.has_begun.wait(0.2):
                continue  # who looks before it knows who was away could not say why a slot is late
            try:
                with closing(parts.connect()) as book, closing(parts.connect()) as reader:
                    working = Working(parts.means, book, reader, versions)
                    while not stop.is_set():
                        is_made = working.once(parts.schedules()) is not None
                        if not is_made and versions == LATER:
                            is_made = self._draft(book, reader)
                        if not is_made:
                            stop.wait(self._look_every)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                _log.warning("snapshot.again", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
                stop.wait(self._look_every)

    def _draft(self, book: Connection[Any], reader: Connection[Any]) -> bool:
        means = self._parts.means
        return make_draft(book, reader, self._parts.schedules(), means.render, means.clock())
