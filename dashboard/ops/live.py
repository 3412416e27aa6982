"""The queue of this process: one reader follows it, every page is answered from memory, every stream is told."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

import structlog
from psycopg import Connection, Error

from dashboard.data.reader import Reader
from dashboard.ops.mailbox import OpsMailbox
from stream.core.moment import datetime_of, moment_of
from stream.core.rules import Rules
from stream.first_rules import first_rules
from stream.queue.page import Page, all_of, page_of, row_of
from stream.queue.reading import Follower, News, load, look, take, with_risks
from stream.queue.wanted import Asked

log = structlog.get_logger(__name__)

STALE_AFTER: Final = 5.0
"""Seconds without having heard from the store after which the rows are told to be old."""


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds: the shortest time between two looks, the longest, and how often chances are asked for."""

    least: float = 0.1
    most: float = 1.0
    risks: float = 10.0


class Sign(NamedTuple):
    """Which rows those are: `edition` is another one after each change, `age` seconds since all was known."""

    edition: str
    now: datetime
    age: float
    state: Literal["live", "stale"]


class NotLoadedError(Exception):
    """Nothing could be read yet."""

    retriable = True


class LiveQueue:
    """Follows the store in a thread of its own while `run` runs; answers any thread."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        clock: Callable[[], datetime],
        first: Rules | None = None,
        pace: Pace = Pace(),
    ) -> None:
        self._reader = Reader(connect)
        self._clock = clock
        self._first = first or first_rules()
        self._pace = pace
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="queue")
        self._turn = threading.Lock()
        self._follower: Follower | None = None
        self._known_at = self._asked_at = float("-inf")
        self._boot, self._number = secrets.token_hex(4), 0
        self._mailboxes: set[OpsMailbox] = set()
        self._stirred = asyncio.Event()
        self._closed = False

    def stir(self) -> None:
        """Something was applied: look at once. To be called in the event loop."""
        self._stirred.set()

    async def run(self) -> None:
        """Follow, for ever; what can't be read is logged and tried again, and the clock goes on meanwhile."""
        loop = asyncio.get_running_loop()
        while True:
            self._stirred.clear()
            before = await loop.run_in_executor(self._thread, self.follow)
            if before is None or before:
                for mailbox in self._mailboxes:
                    mailbox.put(before)
            await asyncio.sleep(self._pace.least)
            try:
                async with asyncio.timeout(self._pace.most - self._pace.least):
                    await self._stirred.wait()
            except TimeoutError:
                continue

    def follow(self) -> Mapping[str, int | None] | None:
        """Bring the rows up to date; answers those that changed, each with its unit before, or None: all of them."""
        now = self._clock()
        try:
            found = self._reader.read(lambda connection: self._read(connection, now))
        except Error as error:
            self._tell(error)
            found = None
        except Exception as error:  # noqa: BLE001 - whatever it is, the pages must show the age of what they have
            self._tell(error)
            found = None
        else:
            self._known_at = time.monotonic()
        try:
            return self._take(found, now)
        except Exception as error:  # noqa: BLE001 - half of it may be taken: all of it is read again
            self._tell(error)
            self._follower, self._known_at = None, float("-inf")
            return {}

    def page(self, asked: Asked) -> tuple[Sign, Page]:
        """Some rows, and which those are. Raises `NotLoadedError`."""
        with self._turn:
            return self.sign(), page_of(self._loaded.queue, asked)

    def everything(self, asked: Asked) -> tuple[Sign, int, Iterator[dict[str, Any]]]:
        """Every row that is wanted and how many they are, to be read at leisure. Raises `NotLoadedError`."""
        with self._turn:
            return self.sign(), *all_of(self._loaded.queue, asked)

    @property
    def working_day(self) -> int:
        """Seconds of an ordinary working day. Raises `NotLoadedError`."""
        return self._loaded.queue.working_day

    def rows(self, codes: Sequence[str]) -> Sequence[dict[str, Any]]:
        """The rows of these cases, of those that stand in the queue now. Raises `NotLoadedError`."""
        with self._turn:
            return row_of(self._loaded.queue, codes)

    def row(self, code: str, units: frozenset[int] | None = None) -> dict[str, Any] | None:
        """The row of a case; None where it stands in no queue, as far as is known, or in none of these units."""
        if self._follower is None:
            return None
        found = self.rows([code])
        is_seen = found and (units is None or int(found[0]["unit"]) in units)
        return found[0] if is_seen else None

    def sign(self) -> Sign:
        """Which rows they are, and how old. Raises `NotLoadedError`."""
        age = time.monotonic() - self._known_at
        moment = datetime_of(self._loaded.queue.moment)
        edition = f"{self._boot}.{self._number}"
        return Sign(edition, moment, round(age, 1), "stale" if age > STALE_AFTER else "live")

    @contextmanager
    def mailbox(self) -> Iterator[OpsMailbox]:
        """What changes from now on, for one page; to be used in the event loop."""
        mailbox = OpsMailbox()
        if self._closed:
            mailbox.close()
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)

    def end_streams(self) -> None:
        """End every stream: open ones would hold the shutdown."""
        self._closed = True
        for mailbox in self._mailboxes:
            mailbox.close()

    def close(self) -> None:
        """Close the connection."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._reader.close()

    @property
    def _loaded(self) -> Follower:
        if self._follower is None:
            raise NotLoadedError
        return self._follower

    def _read(self, connection: Connection[Any], now: datetime) -> Follower | News:
        if self._follower is None or (news := look(connection, self._follower, now)) is None:
            started = time.perf_counter()
            follower = load(connection, self._first, now)
            log.info("queue_loaded", cases=len(follower.queue), seconds=round(time.perf_counter() - started, 2))
            return follower
        if time.monotonic() - self._asked_at > self._pace.risks:
            news, self._asked_at = with_risks(connection, self._follower, news), time.monotonic()
        return news

    def _take(self, found: Follower | News | None, now: datetime) -> Mapping[str, int | None] | None:
        with self._turn:
            if isinstance(found, Follower):
                self._follower, self._number = found, self._number + 1
                return None
            if self._follower is None:
                return {}
            if found is None:  # the clock goes on, whether or not the store answers
                found = News(self._follower.mark, moment_of(now), scored_at=self._follower.scored_at)
            self._follower, before = take(self._follower, found)
            self._number += before is None or bool(before)
            return before

    def _tell(self, error: Exception) -> None:
        log.warning("queue_unreadable", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
