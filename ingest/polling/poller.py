"""One round after the other: ask the bridge, tell what it said, or that it did not answer, durably.

A bridge that does not answer twice running is down since the first of the two; it is up again with its next answer.
At the beginning nobody knows, so the first answer tells that it is up: told twice, it changes nothing. While it is
down it is asked less often. What the log can't take just now waits here, in its order, and a heartbeat with it: none
overtakes what it says is complete.
"""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Final, Literal

import structlog

from ingest.errors import IngestError
from ingest.log.protocol import Entry, EventLog
from ingest.polling.bridge import Bridge, NoAnswerError
from ingest.polling.telling import change, entry_of, heartbeat
from ingest.registration import Source
from ingest.sources.jitsi import endpoint_of, translate

MISSES: Final = 2
"""Polls without an answer after which an endpoint is down."""
BEAT: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = 60.0
"""Seconds between polls of a bridge that is down, at most, unless it is polled less often anyway."""
MOST_WAITING: Final = 50_000
"""Events that wait for the log: days of them, some dozen megabytes. Then the oldest are given up, which is logged."""

_log = structlog.get_logger("ingest.polling")


def _now() -> datetime:
    return datetime.now(UTC)


class Poller:
    """Polls one bridge of a source, which is the source's `endpoint`, or the only one it is registered for."""

    def __init__(
        self,
        log: EventLog,
        source: Source,
        bridge: Bridge,
        *,
        endpoint: str | None = None,
        every: float = 10.0,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Raises `RefusedError` for an endpoint that is not the source's, and where none is named and it has many."""
        self._endpoint = endpoint_of(source, endpoint)
        self._log = log
        self._source = source
        self._bridge = bridge
        self._every = every
        self._clock = clock
        self._waiting: deque[Entry] = deque()
        self._state: Literal["up", "down"] | None = None
        self._missed = 0
        self._missing_since: datetime | None = None
        self._beaten_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """How many events the log could not take yet."""
        return len(self._waiting)

    def run(self, stop: Event) -> None:
        """Poll until told to stop."""
        while not stop.is_set():
            began = time.monotonic()
            self.poll()
            stop.wait(max(0.0, self.pause() - (time.monotonic() - began)))
        self._send()
        if self._waiting:
            _log.error("polling.given_up", source=self._source.id, events=len(self._waiting))

    def poll(self) -> None:
        """One round. Raises what the log raises that trying again can't help."""
        asked_at = self._clock()
        try:
            body = self._bridge.fetch()
        except NoAnswerError as error:
            self._miss(asked_at, error)
        else:
            self._take(body, self._clock())
        self._beat()
        self._send()

    def pause(self) -> float:
        """Seconds from the beginning of the last round to the next one."""
        if self._missed <= MISSES:
            return self._every
        return min(self._every * 2.0 ** min(self._missed - MISSES, 8), max(self._every, LONGEST_PAUSE))

    def _take(self, body: bytes, at: datetime) -> None:
        self._missed = 0
        if self._state != "up":
            self._state = "up"
            self._tell(change(self._source, self._endpoint, "up", at))
            _log.info("bridge.up", source=self._source.id, bridge=self._bridge.name)
        envelopes, refusals = translate(body, self._source, at, self._endpoint)
        for envelope in envelopes:
            self._tell(entry_of(envelope))
        for refusal in refusals:
            _log.warning("bridge.refused", source=self._source.id, field=refusal.field, reason=refusal.reason)

    def _miss(self, at: datetime, error: NoAnswerError) -> None:
        self._missed += 1
        if self._missed == 1:
            self._missing_since = at
        if self._missed == MISSES and self._state != "down":
            self._state = "down"
            self._tell(change(self._source, self._endpoint, "down", self._missing_since or at))
            _log.warning("bridge.down", source=self._source.id, bridge=self._bridge.name, why=str(error))

    def _beat(self) -> None:
        """A heartbeat a minute; between a first miss and what it turns out to be, nothing is complete yet."""
        now = self._clock()
        if self._beaten_at is not None and now - self._beaten_at < BEAT:
            return
        self._beaten_at = now
        in_doubt = self._missing_since if 0 < self._missed < MISSES else None
        self._tell(heartbeat(self._source, now, in_doubt or now, len(self._waiting)))

    def _tell(self, entry: Entry) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            _log.error("polling.given_up", source=self._source.id, events=1)
        self._waiting.append(entry)

    def _send(self) -> None:
        if not self._waiting:
            return
        try:
            self._log.append(list(self._waiting))
        except IngestError as error:
            if not error.retriable:
                raise
            _log.warning("polling.log_unavailable", source=self._source.id, waiting=len(self._waiting))
        else:
            self._waiting.clear()
