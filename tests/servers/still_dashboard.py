"""A dashboard whose clock goes on from a moment that a file names: `python -m tests.servers.still_dashboard …`."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg

from ioc.services.postgres import EmbeddedPostgres
from tests.browser.sources import MORNING, settle_lines, settle_sources
from tests.servers.processes import free_port, running


class StillDashboard:
    """It runs on a database of its own with sources in every state; `at` sets its clock."""

    def __init__(self, database: str, redis: str, folder: Path) -> None:
        self.database = database
        self._redis = redis
        self._folder = folder
        self._port = free_port()
        self.at(MORNING)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def at(self, moment: datetime) -> None:
        """Set its clock, which goes on from there."""
        file = self._folder / "clock"
        file.with_suffix(".new").write_text(f"{moment.isoformat()} {time.time()}")
        file.with_suffix(".new").replace(file)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.database, autocommit=True, options="-c search_path=stream,public")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it for as long as the block does."""
        arguments = [self.database, self._redis, str(self._port), str(self._folder)]
        command = [sys.executable, "-m", "tests.servers.still_dashboard", *arguments]
        with running(command, self._answers, self._folder / "dashboard.log"):
            yield

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/data/state", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


def still_dashboard(postgres: EmbeddedPostgres, migrated: str, redis: str, folder: Path) -> StillDashboard:
    """One on a new database that is filled as of MORNING; it does not run yet."""
    name = f"s{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    made = StillDashboard(postgres.url(name), redis, folder)
    with made.connect() as connection:
        settle_sources(connection)
        settle_lines(connection)
    return made


def _main(database: str, redis: str, port: str, folder: str) -> None:
    from dashboard.serve import serve
    from dashboard.server import create_server

    def clock() -> datetime:
        moment, since = (Path(folder) / "clock").read_text().split()
        return datetime.fromisoformat(moment) + timedelta(seconds=time.time() - float(since))

    def connect() -> psycopg.Connection:
        return psycopg.connect(database, autocommit=True, options="-c search_path=stream,public")

    serve(create_server(connect, redis, clock=clock), host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    _main(*sys.argv[1:])
