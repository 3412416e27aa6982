"""A small district whose log was written in the past, and schedulers over it whose clock is set at will."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import psycopg

from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from stream.snapshot.content.document import Snapshot
from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.making import Maker
from stream.snapshot.schedule.reading import read_schedules
from stream.snapshot.schedule.schedule import Schedules
from stream.snapshot.schedule.working import Means, Worked, Working
from stream.snapshot.seal.keybook import add_key
from tests.building.applying import apply_all, opener
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.building.seals import KEY, files_of

BEGUN: Final = local("2026-01-31 12:00")
"""When all of the lives were known: a minute lies between the records of a partition."""
SMALL: Final = 'kpis = ["overdue_now", "received_month"]\nunits = false\n'


@contextmanager
def a_database(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """The name of a database made from another one, while the block runs."""
    name = f"d{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}".encode())
    try:
        yield name
    finally:
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)".encode())


def tell_lives(url: str, count: int = 12) -> None:
    """Applications of January 2026, known by the end of it, however late it is now."""
    log = PostgresLog(url, partitions=4)
    log.append(some_lives(count))
    log.close()
    with psycopg.connect(url, autocommit=True) as connection:
        for table, place in (("entry", "pos"), ("head", "next_pos")):
            connection.execute(
                f"update ingest.{table} set appended_at = %s + {place} * interval '1 minute'".encode(),
                [BEGUN - timedelta(days=1)],
            )
    log = PostgresLog(url, partitions=4)
    apply_all(log, url)
    log.close()


def publish_key(url: str) -> None:
    """Put the key of all tests into the book."""
    with opener(url)() as connection:
        add_key(connection, KEY.public, BEGUN)


def tell_one_more(url: str, code: str = "H52-LATE") -> None:
    """An application of January that becomes known this very moment."""
    log = PostgresLog(url, partitions=4)
    log.append([an_application(code).at_unit("03980").received("2026-01-12 09:00", due="2026-01-13 17:00").sync()])
    apply_all(log, url)
    log.close()


def daily(*keys: str, more: str = "") -> Schedules:
    """The daily schedule alone, with few figures; `keys` are more lines of it."""
    off = ("statutory-month", "statutory-quarter", "statutory-half-year", "statutory-nine-months", "statutory-year")
    tables = "".join(f"[schedule.{name}]\noff = true\n" for name in (*off, "index-month", "index-quarter"))
    lines = "".join(f"{key}\n" for key in keys)
    return read_schedules("snapshots.toml", f"{tables}[schedule.daily]\n{SMALL}{lines}{more}")


class Scheduler:
    """One scheduler: `at` sets its clock, `works` makes what is due until nothing is left to do now."""

    def __init__(self, book: psycopg.Connection, reader: psycopg.Connection, schedules: Schedules) -> None:
        self.book, self.reader, self.schedules = book, reader, schedules
        self.now = BEGUN
        self.steady = 0.0
        self.absences = Absences(lambda: self.steady)
        self.render: Callable[[Snapshot], Mapping[str, bytes]] = files_of
        self.maker = Maker(self.absences)
        self.working = Working(self._means(), book, reader)

    def at(self, when: str) -> "Scheduler":
        self.now = local(when)
        return self

    def looks(self) -> "Scheduler":
        """A beat: makes the rows of slots that are due."""
        self.maker.once(self.book, self.schedules, self.now)
        return self

    def works(self, most: int = 50) -> list[Worked]:
        """What became of each slot that was looked at."""
        found: list[Worked] = []
        while len(found) < most and (worked := self.working.once(self.schedules)) is not None:
            found.append(worked)
        return found

    def outcomes(self) -> list[tuple[str, str]]:
        """The same as periods and outcomes."""
        return [(each.key.period, each.outcome) for each in self.works()]

    def slots(self) -> dict[str, dict[str, Any]]:
        """All first versions by period."""
        with self.book.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            rows = cursor.execute("select * from snapshot.slot where version = 1 order by due_at").fetchall()
        return {row["period"]: row for row in rows}

    def _means(self) -> Means:
        return Means(
            clock=lambda: self.now,
            render=lambda found: self.render(found),  # noqa: PLW0108 - tests put another one in its place
            signing_key=lambda: KEY,
            absences=self.absences,
            doing=lambda _: None,
        )


@contextmanager
def a_scheduler(url: str, schedules: Schedules) -> Iterator[Scheduler]:
    """A scheduler with its two connections."""
    with ExitStack() as opened:
        book, reader = (opened.enter_context(opener(url)()) for _ in range(2))
        yield Scheduler(book, reader, schedules)
