"""An answer means durable: many at once are appended together, and a failure is told to each of them."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock

import pytest

from ingest.door.committer import GroupCommitter
from ingest.errors import LogUnavailableError, PartialAppendError, RegisterUnavailableError
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry, Position
from ingest.registration import Source
from ingest.store.sources import PostgresSourceBook
from tests.onestop_records import a_body, a_record, an_event, as_json
from tests.servers.door import Door, answered, opened


class WatchedLog(PostgresLog):
    """A real log that counts its appends, can be held up, and can be told to fail."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.appends: list[int] = []
        self.go = Event()
        self.go.set()
        self.fails: Exception | None = None
        self._one = Lock()

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        assert self._one.acquire(blocking=False), "one append at a time"
        try:
            self.go.wait(20)
            self.appends.append(len(entries))
            if self.fails is not None:
                raise self.fails
            return super().append(entries)
        finally:
            self._one.release()


@contextmanager
def a_watched_log(url: str) -> Iterator[WatchedLog]:
    log = WatchedLog(url)
    try:
        yield log
    finally:
        log.go.set()
        log.close()


@pytest.fixture
def watched(ingest_database: str, book: PostgresSourceBook, token: str) -> Iterator[tuple[Door, WatchedLog]]:
    with a_watched_log(ingest_database) as log, opened(log, book, token) as door:
        yield door, log


def test_requests_that_wait_for_an_append_go_together_with_the_next(watched: tuple[Door, WatchedLog]) -> None:
    door, log = watched
    log.go.clear()
    with ThreadPoolExecutor(30) as many:
        waiting = [many.submit(door.sync, a_body(a_record(number))) for number in range(30)]
        log.go.set()
        assert [response.result().status_code for response in waiting] == [200] * 30
    assert sum(log.appends) == 30
    assert len(log.appends) < 30
    assert len(door.records()) == 30


@pytest.mark.parametrize("failure", [LogUnavailableError("away"), PartialAppendError("half")])
def test_an_append_that_fails_is_told_to_every_request_in_it(
    watched: tuple[Door, WatchedLog], failure: Exception
) -> None:
    door, log = watched
    log.fails = failure
    with ThreadPoolExecutor(5) as many:
        responses = list(many.map(lambda number: door.sync(a_body(a_record(number))), range(5)))
    for response in responses:
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        assert answered(response)["error_code"] == 6
    log.fails = None
    assert door.sync(a_body(a_record(1))).status_code == 200, "it recovers by itself"


def test_a_fault_confirms_nothing_and_tells_nothing(watched: tuple[Door, WatchedLog]) -> None:
    door, log = watched
    log.fails = ZeroDivisionError("secret")
    response = door.events(as_json(an_event()))
    assert response.status_code == 500
    assert answered(response)["error_code"] == 9
    assert "secret" not in response.text


def test_a_log_that_is_away_is_told_by_events_sync_and_health(
    ingest_database: str, book: PostgresSourceBook, token: str
) -> None:
    away = PostgresLog(ingest_database.rpartition("/")[0] + "/nowhere", patience=0.5)
    with opened(away, book, token) as door:
        for response in (
            door.events(as_json(an_event())),
            door.sync(a_body(a_record())),
            door.client.get("/v1/health"),
        ):
            assert response.status_code == 503
            assert "retry-after" in response.headers
            assert answered(response)["error_code"] == 6
    away.close()


class BookAway:
    """A register that can't be reached."""

    def by_token(self, token: str) -> Source | None:
        raise RegisterUnavailableError(f"away, {len(token)}")

    def by_id(self, source: str) -> Source | None:
        raise RegisterUnavailableError(f"away, {len(source)}")


def test_a_register_that_is_away_is_not_a_wrong_token(ingest_database: str) -> None:
    with a_watched_log(ingest_database) as log, opened(log, BookAway(), "x") as door:
        assert door.sync(a_body(a_record())).status_code == 503


class HeldLog:
    """Only what the committer needs, in memory."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.held = Event()
        self.fail_on: str | None = None

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        self.held.wait(10)
        keys = [entry.key for entry in entries]
        self.groups.append(keys)
        if self.fail_on in keys:
            raise LogUnavailableError("away")
        return []


def test_a_failure_ends_with_its_group_and_those_who_left_disturb_nobody() -> None:
    async def scene() -> tuple[list[object], HeldLog]:
        log = HeldLog()
        committer = GroupCommitter(log)  # type: ignore[arg-type]  # the committer only appends
        first = asyncio.create_task(committer.append([Entry("first", b"")]))
        await asyncio.sleep(0)
        others = [asyncio.create_task(committer.append([Entry(key, b"")])) for key in ("a", "gone", "b")]
        await asyncio.sleep(0)
        others[1].cancel()
        log.fail_on = "first"
        log.held.set()
        results = await asyncio.gather(first, *others, return_exceptions=True)
        return list(results), log

    results, log = asyncio.run(scene())
    assert isinstance(results[0], LogUnavailableError)
    assert isinstance(results[2], asyncio.CancelledError)
    assert (results[1], results[3]) == (None, None)
    assert log.groups == [["first"], ["a", "gone", "b"]]
