"""The whole product in processes of its own: door, worker and dashboard on a centre's servers."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import psutil

from ioc.bench.events import AGENCIES, SOURCE, history
from ioc.bench.servers import environment_of, program, running, wait_for
from ioc.services.ports import Ports
from ioc.settings import Settings
from ioc.wiring import connect, open_log, open_source_book

_FIRST_PORT = 18_450
_ALL_APPLIED = "select coalesce(sum(next_pos), 0)::bigint from part_offset"
_CLAIMED = "select coalesce(sum(epoch), 0)::bigint from part_offset"
_CHUNK = 5_000


@dataclass(frozen=True)
class Product:
    """Where it answers, the token of the source that may send, and its processes by name."""

    door: str
    dashboard_port: int
    token: str
    processes: Mapping[str, psutil.Process]

    @property
    def dashboard(self) -> str:
        """Where the dashboard answers."""
        return f"http://127.0.0.1:{self.dashboard_port}"

    def displays(self) -> int:
        """How many streams the dashboard says are open."""
        return int(httpx.get(f"{self.dashboard}/health", trust_env=False).json()["displays"])


@contextmanager
def product(settings: Settings, events: int) -> Iterator[Product]:
    """Door, worker and dashboard, with so many events of history applied already."""
    os.environ.update(environment_of(settings))  # of this short-lived process; the programs inherit it
    with ExitStack() as stack:
        ports = stack.enter_context(Ports())
        door, dashboard = ports.take_from(_FIRST_PORT), ports.take_from(_FIRST_PORT)
        token = _register(settings)

        def start(name: str, ready: str, *arguments: str) -> psutil.Process:
            answers = lambda: _answers(settings, ready)  # noqa: E731 - bound to this one's way to be ready
            log = settings.home / f"{name}.log"
            return psutil.Process(stack.enter_context(running(program(*arguments), answers, log)).pid)

        processes = {
            "worker": start("worker", _CLAIMED, "stream", "work"),
            "door": start("door", f"http://127.0.0.1:{door}/v1/health", "ingest", "serve", "--port", str(door)),
        }
        _fill(settings, events)
        address = f"http://127.0.0.1:{dashboard}/health"
        processes["dashboard"] = start("dashboard", address, "dashboard", "serve", "--port", str(dashboard))
        processes["postgres"] = _postgres(settings)
        yield Product(f"http://127.0.0.1:{door}", dashboard, token, processes)


def _register(settings: Settings) -> str:
    book = open_source_book(settings)
    try:
        return book.add(SOURCE, "events", AGENCIES)
    finally:
        book.close()


def _fill(settings: Settings, events: int) -> None:
    entries = history(events)
    log = open_log(settings)
    try:
        for start in range(0, events, _CHUNK):
            log.append(entries[start : start + _CHUNK])
    finally:
        log.close()
    wait_for(lambda: number_from(settings, _ALL_APPLIED) >= events, 120, "applying the history", 0.1)


def _answers(settings: Settings, ready: str) -> bool:
    if not ready.startswith("http"):
        return number_from(settings, ready) > 0
    try:
        return httpx.get(ready, timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def number_from(settings: Settings, statement: str) -> int:
    """The one number that a statement on the stream's tables answers."""
    with connect(settings) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return 0 if row is None else int(row[0])


def _postgres(settings: Settings) -> psutil.Process:
    told = (settings.home / "postgres" / "data" / "postmaster.pid").read_text()
    return psutil.Process(int(told.split("\n", 1)[0]))
