"""Acts where something is away: no worker, no log, a log that breaks off. Nothing else waits with them."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.data.operators import UnavailableError
from dashboard.ops.acts import Acts
from dashboard.ops.log import Tell
from ingest.errors import PartialAppendError
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.settings import Settings
from ioc.telling import tell_of
from stream.alerts.line import shipped_line
from stream.handling.reading import read_handlings
from tests.building.applying import a_worker, apply_all, opener
from tests.building.events import an_application
from tests.building.moments import local
from tests.building.visitors import person, signed_in

CASES = tuple(f"W-{number}" for number in range(8))


@pytest.fixture
def received(log: PostgresLog, database: str) -> None:
    log.append([an_application(case).received("2026-03-02 08:00", due="2026-03-20 17:00").sync() for case in CASES])
    apply_all(log, database)


@contextmanager
def desk(database: str, tell: Tell) -> Iterator[FastAPI]:
    acts, server = Acts(opener(database), lambda: local("2026-03-03 09:00"), tell, shipped_line()), FastAPI()
    server.include_router(acts.router())
    yield server
    acts.close()


async def commented(client: httpx.AsyncClient, case: str) -> httpx.Response:
    return await client.post("/ops/act", json={"act": "comment", "case": case, "seen": 0, "note": "đã gọi"})


def visiting(server: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(signed_in(server, person()))
    return httpx.AsyncClient(transport=transport, base_url="http://ioc", headers={"origin": "http://ioc"})


def comments(stream: psycopg.Connection) -> dict[str, int]:
    return {case: handling.comments for case, handling in read_handlings(stream, CASES).items()}


@pytest.mark.usefixtures("received")
def test_what_no_worker_applies_lies_in_the_log_and_holds_up_no_other_page(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    told: list[str] = []

    def tell(key: str, body: bytes) -> None:
        log.append([Entry(key, body)])
        told.append(key)

    async def act(server: FastAPI) -> tuple[list[int], float]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
        async with visiting(server) as client:
            acts = [asyncio.create_task(commented(client, case)) for case in CASES]
            while len(told) < len(CASES):
                await asyncio.sleep(0.01)
            began = time.monotonic()
            assert (await client.get("/ops/people", params={"case": CASES[0]})).status_code == 200
            took = time.monotonic() - began
            return [(await each).status_code for each in acts], took

    with desk(database, tell) as server:
        statuses, took = asyncio.run(act(server))
    assert statuses == [202] * len(CASES)
    assert took < 2, "acts are waited for as long as three seconds"
    assert comments(stream) == {}
    apply_all(log, database)
    assert comments(stream) == dict.fromkeys(CASES, 1)


@pytest.mark.usefixtures("received")
def test_a_log_that_breaks_off_after_it_took_an_act_is_told_again_and_counts_it_once(
    log: PostgresLog, database: str, stream: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ioc.wiring.open_log", lambda _: BreaksOff(log))

    async def act(server: FastAPI) -> int:
        async with visiting(server) as client:
            return (await commented(client, CASES[0])).status_code

    before = sum(log.end_positions().values())
    with desk(database, tell_of(Settings(tmp_path))) as server, a_worker(log, database):
        assert asyncio.run(act(server)) == 200
    assert sum(log.end_positions().values()) - before == 2
    apply_all(log, database)
    assert comments(stream) == {CASES[0]: 1}


class BreaksOff:
    """The log, whose first answer is lost on the way."""

    def __init__(self, log: PostgresLog) -> None:
        self._log, self._is_first = log, True

    def append(self, entries: Sequence[Entry]) -> None:
        self._log.append(entries)
        if self._is_first:
            self._is_first = False
            raise PartialAppendError("broke off")


@pytest.mark.usefixtures("received")
def test_where_the_log_does_not_answer_that_is_said(database: str, stream: psycopg.Connection) -> None:
    def away(*_: object) -> None:
        raise UnavailableError("away")

    async def act(server: FastAPI) -> httpx.Response:
        async with visiting(server) as client:
            return await commented(client, CASES[0])

    with desk(database, away) as server:
        answer = asyncio.run(act(server))
    assert (answer.status_code, answer.json()) == (503, {"detail": "unavailable"})
    assert comments(stream) == {}
