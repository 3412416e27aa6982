"""Run a real worker until all of the log is applied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Event, Thread

import psycopg

from ingest.log.protocol import EventLog
from stream.apply.plan import Plan
from stream.core.calendar import WorkingCalendar
from stream.core.public_holidays import office_calendar
from stream.first_rules import first_rules
from stream.worker import Worker
from tests.servers.processes import wait_until


class Silent:
    """An announcer that nobody listens to."""

    def announce(self, plan: Plan) -> None:
        del plan


@cache
def calendar() -> WorkingCalendar:
    """The calendar in force, built once."""
    return office_calendar()


def opener(url: str, schema: str = "stream") -> Callable[[], psycopg.Connection]:
    """Opens connections like the worker's."""
    return lambda: psycopg.connect(url, autocommit=True, options=f"-c search_path={schema},public")


@contextmanager
def a_worker(log: EventLog, url: str, batch: int = 500) -> Iterator[Thread]:
    """A worker in a thread, while the block runs."""
    stop = Event()
    worker = Worker(log, opener(url), first_rules(), Silent())
    thread = Thread(target=worker.run, args=(stop, batch), name="worker")
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(timeout=30)
        assert not thread.is_alive(), "the worker did not stop"


def applied(log: EventLog, url: str) -> bool:
    """Whether everything in the log is accounted for."""
    with opener(url)() as connection:
        done: dict[int, int] = dict(connection.execute("select part, next_pos from part_offset").fetchall())
    return all(done.get(part, 0) == end for part, end in log.end_positions().items())


def apply_all(log: EventLog, url: str, batch: int = 500) -> None:
    """Apply the whole log."""
    with a_worker(log, url, batch):
        wait_until(lambda: applied(log, url), seconds=60, what="all of the log being applied")
