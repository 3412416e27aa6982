"""A real PostgreSQL for the whole test run, and a fresh database for each test that asks."""

import signal
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from ioc.services.postgres import EmbeddedPostgres
from stream.store.migrate import migrate, migrations_of
from tests.servers.processes import free_port, running


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL 18 server."""
    folder = tmp_path_factory.mktemp("postgres")
    server = EmbeddedPostgres(folder, free_port())
    server.prepare()
    with running(server.command(), server.ready, folder / "log", signal.SIGINT):
        yield server


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield postgres.url(name)
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def database(empty_database: str) -> str:
    """The address of a database with all migrations run."""
    with psycopg.connect(empty_database, autocommit=True) as connection:
        migrate(connection, "ingest", migrations_of("ingest.store"))
        migrate(connection, "stream", migrations_of("stream.store"))
    return empty_database
