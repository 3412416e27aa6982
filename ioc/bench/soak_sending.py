"""The source of a soak: bursts with pauses, long silences, and single events on demand; nothing is lost."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import msgspec

from ingest.contracts.envelope import Envelope
from ioc.bench.filings import filings

_BATCH_EVERY = 0.25  # seconds
_APPLICATIONS_AT_ONCE = 100  # see ioc.bench.filings
_RECEIVED = 100  # the first of them that is received, not only filed
_AGAIN_AFTER = 0.5  # seconds
_PATIENCE = 15.0  # seconds


@dataclass
class SoakSource:
    """Sends to the door until it is accepted. While `held`, only what `nudge` is asked for goes."""

    door: str
    token: str
    sent: int = 0
    tries_again: int = 0
    held: int = 0
    silent: bool = False
    _number: int = 0
    _client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/cloudevents-batch+json"}
        self._client = httpx.AsyncClient(headers=headers, timeout=_PATIENCE, trust_env=False)

    async def close(self) -> None:
        """Send no more."""
        await self._client.aclose()

    async def nudge(self) -> None:
        """Have one application received, whatever else is held: figures change."""
        await self._send([self._next(_RECEIVED + 1)[_RECEIVED]])

    async def run(self, bursts: Iterator[tuple[float, int, float]]) -> None:
        """Send bursts for ever."""
        for rate, count, pause in bursts:
            await self._burst(self._next(count), max(1, round(rate * _BATCH_EVERY)))
            await asyncio.sleep(pause)

    async def _burst(self, envelopes: list[Envelope], size: int) -> None:
        for at in range(0, len(envelopes), size):
            due = time.monotonic() + _BATCH_EVERY
            while self.held or self.silent:
                await asyncio.sleep(_BATCH_EVERY)
            await self._send(envelopes[at : at + size])
            await asyncio.sleep(due - time.monotonic())

    def _next(self, count: int) -> list[Envelope]:
        """So many events of applications that nobody filed yet."""
        envelopes = filings(count, datetime.now(UTC), self._number)
        self._number += _APPLICATIONS_AT_ONCE * (1 + count // (4 * _APPLICATIONS_AT_ONCE))
        return envelopes

    async def _send(self, envelopes: list[Envelope]) -> None:
        body = msgspec.json.encode(envelopes)
        while not await self._is_accepted(body):
            self.tries_again += 1
            await asyncio.sleep(_AGAIN_AFTER)
        self.sent += len(envelopes)

    async def _is_accepted(self, body: bytes) -> bool:
        try:
            answer = await self._client.post(f"{self.door}/v1/events", content=body)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.ACCEPTED
