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


@pytest.fixture(scope="session")
def migrated(postgres: EmbeddedPostgres) -> str:
    """The name of a database with all migrations run, to make others from: they run once, not once a test."""
    name = "migrated"
    _create(postgres, name)
    with psycopg.connect(postgres.url(name), autocommit=True) as connection:
        migrate(connection, "ingest", migrations_of("ingest.store"))
        migrate(connection, "stream", migrations_of("stream.store"))
        migrate(connection, "snapshot", migrations_of("stream.snapshot.store"))
        migrate(connection, "dashboard", migrations_of("dashboard.store"))
    return name


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"t{uuid4().hex[:12]}"
    _create(postgres, name)
    yield postgres.url(name)
    _drop(postgres, name)


@pytest.fixture
def database(postgres: EmbeddedPostgres, migrated: str) -> Iterator[str]:
    """The address of a database with all migrations run."""
    name = f"t{uuid4().hex[:12]}"
    _create(postgres, name, migrated)
    yield postgres.url(name)
    _drop(postgres, name)


def _create(postgres: EmbeddedPostgres, name: str, template: str = "template1") -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")


def _drop(postgres: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
