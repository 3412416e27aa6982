"""A whole centre, small: event log, worker, Valkey and dashboard, all real; what is done on a page comes back to it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest
import redis

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from stream.announce import RedisAnnouncer
from stream.first_rules import first_rules
from stream.worker import Worker
from tests.building.applying import applied, opener
from tests.building.events import AnApplication, an_application
from tests.building.moments import LOCAL
from tests.servers.processes import wait_until
from tests.servers.wall import Wall

_WRITTEN = "%Y-%m-%d %H:%M"


class Centre(Wall):
    """A dashboard with a log and a worker behind it."""

    log: PostgresLog

    def append(self, entries: Sequence[Entry]) -> None:
        """Put events into the log and wait until they are applied."""
        self.log.append(entries)
        wait_until(lambda: applied(self.log, self.database), seconds=60, what="the events being applied")


def an_open_case(number: int, *, due_in_days: float, unit: str = "03980") -> AnApplication:
    """An application received ten days ago and in progress, due in so many days from now (negative: overdue)."""
    now = datetime.now(LOCAL)
    code = f"H52.17.18-260105-{number:04d}"
    received, due = now - timedelta(days=10), now + timedelta(days=due_in_days)
    return an_application(code).at_unit(unit).received(f"{received:{_WRITTEN}}", due=f"{due:{_WRITTEN}}")


def some_open_cases(count: int) -> list[Entry]:
    """Received applications of three units, from three days overdue to a week ahead; every seventh waits for papers."""
    entries: list[Entry] = []
    for number in range(1, count + 1):
        unit = ("03980", "03979", "04033")[number % 3]
        case = an_open_case(number, due_in_days=number % 11 - 3, unit=unit)
        entries.append(case.sync())
        if number % 7 == 0:
            waiting = datetime.now(LOCAL) - timedelta(days=1)
            entries.append(case.awaiting_papers(f"{waiting:{_WRITTEN}}").sync())
    return entries


@pytest.fixture(scope="session")
def shared_centre(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Centre]:
    """One centre with eighty open cases for all tests that act on cases of their own only; its people stay, too."""
    folder = tmp_path_factory.mktemp("centre")
    with running_centre((postgres, migrated), valkey, folder, some_open_cases(80)) as made:
        yield made


@pytest.fixture
def centre(postgres: EmbeddedPostgres, valkey: EmbeddedValkey, migrated: str, tmp_path: Path) -> Iterator[Centre]:
    """A centre of one's own with forty open cases; it runs."""
    with running_centre((postgres, migrated), valkey, tmp_path, some_open_cases(40)) as made:
        yield made


@contextmanager
def running_centre(
    database: tuple[EmbeddedPostgres, str], valkey: EmbeddedValkey, folder: Path, entries: Sequence[Entry]
) -> Iterator[Centre]:
    """A centre in which these events were applied; `database` is the server and what is migrated there."""
    postgres, migrated = database
    name = f"c{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    made = Centre(folder, postgres.url(name), valkey.url)
    made.log = PostgresLog(made.database, partitions=8)
    stop = Event()
    with redis.Redis.from_url(valkey.url) as channel:
        worker = Worker(made.log, opener(made.database), first_rules(), RedisAnnouncer(channel))
        thread = Thread(target=worker.run, args=(stop,), name="worker")
        thread.start()
        try:
            made.append(entries)
            made.start()
            yield made
        finally:
            made.stop()
            stop.set()
            thread.join(timeout=30)
            made.log.close()
    assert not thread.is_alive(), "the worker did not stop"
