"""A database with late applications in it, applied once and copied for each test."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.services.postgres import EmbeddedPostgres
from tests.building.applying import apply_all

PARTITIONS = 4


def filled(postgres: EmbeddedPostgres, template: str, entries: Sequence[Entry]) -> str:
    """The name of a database in which these are applied."""
    name = _copied(postgres, template)
    with closing(PostgresLog(postgres.url(name), partitions=PARTITIONS)) as log:
        log.append(entries)
        apply_all(log, postgres.url(name))
    return name


@contextmanager
def copied(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """The address of a copy, while the block runs."""
    name = _copied(postgres, template)
    yield postgres.url(name)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


def _copied(postgres: EmbeddedPostgres, template: str) -> str:
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")
    return name
