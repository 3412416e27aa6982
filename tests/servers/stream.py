"""The event log in PostgreSQL and the stream's schema, fresh for each test that asks."""

from collections.abc import Iterator

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from tests.building.applying import opener


@pytest.fixture
def log(database: str) -> Iterator[PostgresLog]:
    """The embedded event log."""
    log = PostgresLog(database, partitions=4)
    yield log
    log.close()


@pytest.fixture
def stream(database: str) -> Iterator[psycopg.Connection]:
    """A connection on which names resolve in the stream's schema."""
    with opener(database)() as connection:
        yield connection
