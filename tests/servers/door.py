"""The real door over HTTP, on a real log and register in PostgreSQL."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

import httpx
import msgspec
import psycopg
import pytest
import uvicorn
from fastapi import FastAPI

from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.door import create_door
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import EventLog, Record
from ingest.registration import SourceBook
from ingest.store.sources import PostgresSourceBook
from ioc.services.postgres import EmbeddedPostgres
from stream.store.migrate import migrate, migrations_of
from tests.onestop_records import SOURCE
from tests.servers.processes import wait_until


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of an application, served by uvicorn in a thread while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, access_log=False, loop="uvloop", timeout_graceful_shutdown=5)
    )
    thread = Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        wait_until(lambda: server.started, what="the door being open")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()
    assert not thread.is_alive(), "the door did not close"


@dataclass(frozen=True)
class Door:
    """A door that is open, a source that may use it, and the log behind it."""

    client: httpx.Client
    token: str
    log: EventLog
    book: SourceBook

    def post(self, path: str, body: bytes, /, **headers: str) -> httpx.Response:
        """Post as the source `moc-chau`."""
        given = {"authorization": f"Bearer {self.token}", "content-type": "application/json", **headers}
        return self.client.post(path, content=body, headers=given)

    def sync(self, body: bytes) -> httpx.Response:
        """Post a sync body."""
        return self.post("/v1/onestop/sync", body)

    def events(self, body: bytes) -> httpx.Response:
        """Post events."""
        return self.post("/v1/events", body)

    def records(self) -> Sequence[Record]:
        """Everything in the log, partition by partition."""
        return all_records(self.log)

    def envelopes(self) -> list[Envelope]:
        """The same, decoded, ordered by case."""
        return sorted((decode_envelope(record.body) for record in self.records()), key=lambda found: found.subject)


def all_records(log: EventLog) -> list[Record]:
    """Everything in a log, partition by partition."""
    return [record for partition, end in log.end_positions().items() for record in log.read(partition, 0, max(end, 1))]


@contextmanager
def opened(log: EventLog, book: SourceBook, token: str, **options: Any) -> Iterator[Door]:
    """A door with options of its own."""
    with serving(create_door(log, book, **options)) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield Door(client, token, log, book)


@pytest.fixture(scope="session")
def ingest_house(postgres: EmbeddedPostgres) -> str:
    """One database with the schema `ingest`: to make one anew for each request would take most of the time."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("create database ingest_house")
    with psycopg.connect(postgres.url("ingest_house"), autocommit=True) as connection:
        migrate(connection, "ingest", migrations_of("ingest.store"))
    return postgres.url("ingest_house")


@pytest.fixture
def ingest_database(ingest_house: str) -> str:
    """Its address, with nothing in the log and nobody in the register."""
    with psycopg.connect(ingest_house, autocommit=True) as connection:
        connection.execute("truncate ingest.entry, ingest.head, ingest.source, ingest.taken_file cascade")
    return ingest_house


@pytest.fixture
def book(ingest_database: str) -> Iterator[PostgresSourceBook]:
    """An empty register of sources."""
    found = PostgresSourceBook(ingest_database)
    yield found
    found.close()


@pytest.fixture
def token(book: PostgresSourceBook) -> str:
    """The token of the source `moc-chau`."""
    return book.add(SOURCE.id, SOURCE.kind, SOURCE.agencies)


@pytest.fixture
def door(ingest_database: str, book: PostgresSourceBook, token: str) -> Iterator[Door]:
    """The door, open."""
    log = PostgresLog(ingest_database)
    with opened(log, book, token) as door:
        yield door
    log.close()


def answered(response: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer, which has the door's one shape."""
    assert response.headers["content-type"] == "application/json"
    body: dict[str, Any] = msgspec.json.decode(response.content)
    assert {"error_code", "message"} <= body.keys() <= {"error_code", "message", "accepted", "refused"}
    return body
