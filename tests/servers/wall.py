"""A wall that runs as its own process, on a real PostgreSQL with a small district in it and a real Valkey."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
import redis

from dashboard.feed.hints import CHANNEL
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from stream.store.migrate import migrate, migrations_of
from tests.browser.district import settle_in
from tests.servers.processes import free_port, running


@dataclass
class Wall:
    """The process of a wall, which tests start and stop, and the database and Redis that it reads."""

    folder: Path
    database: str
    redis: str
    port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait for its first board."""
        settings = [f"IOC_DATABASE_URL={self.database}", f"IOC_REDIS_URL={self.redis}", f"IOC_HOME={self.folder}"]
        serve = [sys.executable, "-m", "ioc", "dashboard", "serve", "--port", str(self.port), *self.options]
        self.process = self._stack.enter_context(
            running(["env", *settings, *serve], self.ready, self.folder / "wall.log", signal.SIGTERM)
        )

    def stop(self) -> None:
        """Tell it to stop and wait until it has."""
        self._stack.close()

    def ready(self) -> bool:
        """Whether it has figures to show."""
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def connect(self) -> psycopg.Connection:
        """A connection to its database."""
        return psycopg.connect(self.database, autocommit=True, options="-c search_path=stream,public")

    def hint(self) -> None:
        """Say that something was applied, as a worker does after each commit."""
        with redis.Redis.from_url(self.redis) as channel:
            channel.publish(CHANNEL, json.dumps({"units": [], "latest": []}))

    def health(self) -> dict[str, Any]:
        """What it says of itself."""
        said: dict[str, Any] = httpx.get(f"{self.url}/health").json()
        return said


@pytest.fixture(scope="session")
def wall(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wall]:
    """One wall for all tests that only look."""
    wall = Wall(tmp_path_factory.mktemp("wall"), make_district(postgres), valkey.url)
    wall.start()
    yield wall
    wall.stop()


@pytest.fixture
def own_wall(postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path: Path) -> Iterator[Wall]:
    """A wall of one's own, to change and to stop; it runs already."""
    wall = Wall(tmp_path, make_district(postgres), valkey.url)
    wall.start()
    yield wall
    wall.stop()


def make_district(postgres: EmbeddedPostgres) -> str:
    """The address of a new database with the small district in it."""
    name = f"w{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    url = postgres.url(name)
    with psycopg.connect(url, autocommit=True, options="-c search_path=stream,public") as connection:
        migrate(connection, "ingest", migrations_of("ingest.store"))
        migrate(connection, "snapshot", migrations_of("stream.snapshot.store"))
        migrate(connection, "dashboard", migrations_of("dashboard.store"))
        migrate(connection, "stream", migrations_of("stream.store"))
        settle_in(connection, datetime.now(UTC))
    return url
