"""The other side: an HTTP client of the door that never gives a body up.

A body is repeated until the door took it, whatever stands in the way for a while: a door that starts, a log that is
away (503), a cut line. Twice is once there. What trying again can't mend ends the simulator with a sentence.
"""

import asyncio
from types import TracebackType
from typing import Final, NamedTuple, Self

import httpx
import msgspec
import structlog

from ingest.errors import IngestError
from ingest.simulator.dice import dice
from ingest.simulator.silence import Silence

SYNC: Final = "/v1/onestop/sync"
EVENTS: Final = "/v1/events"

_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_FIRST_PAUSE: Final = 0.1  # seconds; doubled each time
_LONGEST_PAUSE: Final = 5.0

_log = structlog.get_logger()


class DoorRefusedError(IngestError):
    """The door will never take this: a wrong token, a wrong address, a body it does not understand."""


class Answer(msgspec.Struct):
    """What the door says to a sync body; `error_code` is not 0 where records were refused."""

    error_code: str | int = 0
    message: str = ""


class Posting(NamedTuple):
    """A body and where it goes; what proves its sender by its address bears no token."""

    path: str
    body: bytes
    kind: str
    bearer: bool = True


class Door:
    """Sends with the token of one source, unless it keeps its silence; use it as an asynchronous context."""

    def __init__(self, address: str, token: str, *, connections: int = 4, silence: Silence | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=address,
            timeout=httpx.Timeout(30),
            limits=httpx.Limits(max_connections=connections + 1, max_keepalive_connections=connections + 1),
            trust_env=False,
        )
        self._bearer = {"Authorization": f"Bearer {token}"}
        self._rng = dice(token)  # spreads the attempts of many sources; nothing that is sent depends on it
        self._silence = silence
        self.retries = 0
        self.refused = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def sync(self, body: bytes) -> None:
        """Deliver a sync body; returns when the door answered that its records are durable."""
        await self.post(Posting(SYNC, body, "application/json"))

    async def event(self, body: bytes) -> None:
        """Deliver one CloudEvent."""
        await self._deliver(Posting(EVENTS, body, "application/cloudevents+json"))

    async def events(self, body: bytes) -> None:
        """Deliver a batch of CloudEvents, a JSON array; returns when they are durable."""
        await self.post(Posting(EVENTS, body, "application/cloudevents-batch+json"))

    async def post(self, posting: Posting) -> None:
        """Deliver a body of any kind; what was refused of it is counted and logged."""
        answer = await self._deliver(posting)
        if str(answer.error_code) != "0":
            self.refused += 1
            _log.warning("simulator.records_refused", error_code=answer.error_code, message=answer.message)

    async def _deliver(self, posting: Posting) -> Answer:
        if self._silence is not None:
            await self._silence.over()
        pause = _FIRST_PAUSE
        while (answer := await self._attempt(posting)) is None:
            self.retries += 1
            await asyncio.sleep(pause * (0.5 + self._rng.random()))
            pause = min(_LONGEST_PAUSE, pause * 2)
        return answer

    async def _attempt(self, posting: Posting) -> Answer | None:
        """The answer, or None where it is worth trying again."""
        path = posting.path.partition("?")[0]  # what stands after it may be a checksum
        headers = {"Content-Type": posting.kind} | (self._bearer if posting.bearer else {})
        try:
            response = await self._client.post(posting.path, content=posting.body, headers=headers)
        except httpx.TransportError as error:
            _log.info("simulator.door_away", path=path, error=type(error).__name__)
            return None
        if response.status_code in _LATER:
            _log.info("simulator.door_busy", path=path, status=response.status_code)
            return None
        if response.status_code in {401, 403}:
            raise DoorRefusedError("the door does not accept the simulator's token: add the source again")
        if not response.is_success:
            raise DoorRefusedError(f"the door refused {path} with {response.status_code}: {response.text[:200]}")
        return _answer(response.content)


def _answer(content: bytes) -> Answer:
    try:
        return msgspec.json.decode(content, type=Answer)
    except msgspec.MsgspecError:
        return Answer()
