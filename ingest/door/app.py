"""The HTTP door: authenticated sources push events in, and are answered when they are durable."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ingest.contracts.envelope import encode_envelope
from ingest.door.answers import Answer, DoorError, ErrorCode, answer, code_of, failure, outcome
from ingest.door.authentication import authenticate
from ingest.door.bodies import JSON, XML, BodyReader
from ingest.door.committer import GroupCommitter
from ingest.door.health import Health
from ingest.door.later import or_later, unavailable
from ingest.door.webhooks import POST_BUDGET, POST_LIMIT, add_webhooks
from ingest.log.protocol import Entry, EventLog
from ingest.registration import Source, SourceBook
from ingest.sources import cloudevents, edxml, onestop_sync
from ingest.sources.cloudevents import Intake
from ingest.sources.translation import Translation

BODY_LIMIT: Final = 10 * 1024 * 1024
_BUDGET: Final = 5 * BODY_LIMIT  # with what is made of them, under 300 MB; who comes in vain comes again
_SMALL: Final = 32 * 1024  # translated in less time than a thread takes to be asked

TakeIn = Callable[[bytes, Source], Intake]

_log = structlog.get_logger("ingest.door")


def create_door(
    log: EventLog,
    book: SourceBook,
    *,
    body_limit: int = BODY_LIMIT,
    patience: float = 60.0,
    trust: edxml.Trust | None = None,
) -> FastAPI:
    """The door to `log` for the sources in `book`.

    Bodies over `body_limit` bytes are refused; one that takes longer than `patience` seconds to arrive is given up.
    Signatures of documents are checked against `trust`; without it, it is only told that they are there.
    """
    door = FastAPI(title="ioc door", docs_url=None, redoc_url=None, openapi_url=None)
    desk = _Desk(book, BodyReader(body_limit, max(_BUDGET, body_limit), patience), GroupCommitter(log))
    health = Health(log)

    at_events = _Counter(cloudevents.take_in, HTTPStatus.ACCEPTED)
    at_onestop = _Counter(lambda body, source: _intake(onestop_sync.translate(body, source)))
    # One after the other: checking a signature takes nine times a document's bytes, and a thread keeps what it had.
    at_documents = _Counter(
        lambda body, source: _intake(edxml.translate(body, source, trust)),
        media_types=XML,
        threads=ThreadPoolExecutor(1, "edxml"),
    )

    @door.post("/v1/events")
    async def events(request: Request) -> Response:
        return await desk.handle(request, at_events)

    @door.post("/v1/onestop/sync")
    async def onestop(request: Request) -> Response:
        return await desk.handle(request, at_onestop)

    @door.post("/v1/documents/edxml")
    async def documents(request: Request) -> Response:
        return await desk.handle(request, at_documents)

    add_webhooks(door, book, BodyReader(min(POST_LIMIT, body_limit), POST_BUDGET, patience), desk.committer)

    @door.get("/v1/health")
    async def healthy() -> Response:
        if await health.log_answers():
            return answer(Answer(ErrorCode.TAKEN, "ok"), HTTPStatus.OK)
        return failure(unavailable())

    _answer_errors(door)
    return door


def _intake(translated: Translation) -> Intake:
    envelopes, refusals = translated
    return Intake([Entry(envelope.subject, encode_envelope(envelope)) for envelope in envelopes], refusals)


@dataclass(frozen=True)
class _Counter:
    """What is taken in at an address, how it is answered when it was, and the threads that read its bodies."""

    take_in: TakeIn
    taken: HTTPStatus = HTTPStatus.OK
    media_types: frozenset[str] = JSON
    threads: Executor | None = None

    async def read(self, body: bytes, source: Source) -> Intake:
        """Small bodies here, large ones in a thread; all of an address that has threads of its own there."""
        if self.threads is None and len(body) <= _SMALL:
            return self.take_in(body, source)
        return await asyncio.get_running_loop().run_in_executor(self.threads, self.take_in, body, source)


@dataclass(frozen=True)
class _Desk:
    """One request from its token to its answer."""

    book: SourceBook
    reader: BodyReader
    committer: GroupCommitter

    async def handle(self, request: Request, counter: _Counter) -> Response:
        """Authenticate, read, translate, append, answer; every step may end it with a `DoorError`."""
        began = time.perf_counter()
        line = _log.bind(path=request.scope["path"])
        try:
            source = await authenticate(request, self.book)
            line = line.bind(source=source.id)
            async with self.reader.body(request, media_types=counter.media_types) as body:
                found = await counter.read(body, source)
                line = line.bind(bytes=len(body), accepted=len(found.entries), refused=len(found.refusals))
                with or_later():
                    await self.committer.append(found.entries)
        except DoorError as error:
            line.info("request.failed", error=error.code.name, ms=_ms_since(began))
            raise
        code = code_of(len(found.entries), found.refusals)
        (line.info if found.refusals else line.debug)("request.answered", answer=code.name, ms=_ms_since(began))
        return outcome(len(found.entries), found.refusals, counter.taken)


def _ms_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _answer_errors(door: FastAPI) -> None:
    """Every error in the one shape; what is in a request never shows in an answer or a log line."""

    @door.exception_handler(DoorError)
    async def ended(request: Request, error: DoorError) -> Response:
        del request
        return failure(error)

    @door.exception_handler(HTTPException)
    async def not_here(request: Request, error: HTTPException) -> Response:
        del request
        known = DoorError(ErrorCode.NOT_HERE, str(error.detail), dict(error.headers or {}), error.status_code)
        return failure(known)

    @door.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> Response:
        del request, error
        return failure(DoorError(ErrorCode.TOO_SLOW, "the client left"))

    @door.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        _log.error("request.fault", path=request.scope["path"], fault=type(error).__name__)
        return failure(DoorError(ErrorCode.FAULT, "Lỗi hệ thống / a fault of the door: nothing is confirmed"))
