"""A dashboard on a log of its own, in which a few records went into quarantine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.services.postgres import EmbeddedPostgres
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.servers.wall import Wall

PARTITIONS = 8
GOOD = "H52.17.18-260105-0001"
POISON = "H52.17.18-260105-0666"


def poison(code: str = POISON) -> Entry:
    """An application in a status that there is not."""
    entry = an_application(code).received("2026-01-05 09:00", due="2026-01-12 17:00").sync()
    return entry._replace(body=entry.body.replace(b'"status":2', b'"status":11'))


def tell(database: str, *entries: Entry) -> None:
    """Append and apply."""
    log = PostgresLog(database, partitions=PARTITIONS)
    try:
        log.append(entries)
        apply_all(log, database)
    finally:
        log.close()


@contextmanager
def dashboard_on(postgres: EmbeddedPostgres, migrated: str, redis: str, folder: Path) -> Iterator[Wall]:
    """The dashboard on a new database: one application counted, and one record in quarantine."""
    name = f"d{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    wall = Wall(folder, postgres.url(name), redis)
    tell(wall.database, an_application(GOOD).received("2026-01-05 09:00", due="2026-01-12 17:00").sync(), poison())
    wall.start()
    try:
        yield wall
    finally:
        wall.stop()


def script_key(wall: Wall) -> str:
    """The key that the dashboard keeps in its home, for scripts."""
    return (wall.folder / "secrets" / "operator.key").read_text()
