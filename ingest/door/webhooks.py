"""`POST /v1/conference/bigbluebutton?source=ID`: what a hook of BigBlueButton posts, checked before it is read.

A hook repeats, for ever where it is a permanent one, what is answered with anything but 2xx or 401, and holds its
other events back meanwhile. So a post of which single events were refused is answered 200, and says so; only what a
correction here can mend (a registration without `host`, a log that does not answer) is answered so that it comes again.
"""

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import structlog
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from ingest.contracts.envelope import encode_envelope
from ingest.door.answers import DoorError, ErrorCode, code_of, outcome
from ingest.door.bodies import JSON, BodyReader
from ingest.door.checksums import fits, same_secret, without_checksum
from ingest.door.committer import GroupCommitter
from ingest.door.later import or_later
from ingest.log.protocol import Entry
from ingest.registration import Source, SourceBook
from ingest.sources import bigbluebutton

KIND: Final = "bigbluebutton"
POST_LIMIT: Final = 1 << 20
"""Bytes of a post: an event has a few hundred."""
POST_BUDGET: Final = 8 * POST_LIMIT
"""Bytes of all posts at one time: of its own, since whoever posts is known only when the body was read."""

_MEDIA: Final = JSON | {"application/x-www-form-urlencoded"}
_CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})
_LONGEST: Final = 200  # characters of a checksum or an id, and of nothing honest

_log = structlog.get_logger("ingest.door")


def add_webhooks(door: FastAPI, book: SourceBook, reader: BodyReader, committer: GroupCommitter) -> None:
    """Open the addresses that webhooks post to."""
    desk = _HookDesk(book, reader, committer)

    @door.post("/v1/conference/bigbluebutton")
    async def posted(request: Request) -> Response:
        return await desk.handle(request)


@dataclass(frozen=True)
class _HookDesk:
    """One post, from its checksum to its answer."""

    book: SourceBook
    reader: BodyReader
    committer: GroupCommitter

    async def handle(self, request: Request) -> Response:
        """Read, check, translate, append, answer; every step may end it with a `DoorError`."""
        began = time.perf_counter()
        line = _log.bind(path=request.scope["path"])
        try:
            _check_charset(request)
            async with self.reader.body(request, media_types=_MEDIA) as body:
                source = await self._checked(request, body)
                line = line.bind(source=source.id, bytes=len(body))
                envelopes, refusals = await asyncio.to_thread(bigbluebutton.translate, body, source)
                line = line.bind(accepted=len(envelopes), refused=len(refusals))
                with or_later():
                    await self.committer.append(
                        [Entry(envelope.subject, encode_envelope(envelope)) for envelope in envelopes]
                    )
        except DoorError as error:
            line.info("request.failed", error=error.code.name, ms=_ms_since(began))
            raise
        code = code_of(len(envelopes), refusals)
        (line.info if refusals else line.debug)("request.answered", answer=code.name, ms=_ms_since(began))
        response = outcome(len(envelopes), refusals, HTTPStatus.OK)
        if code is ErrorCode.ALL_REFUSED:
            response.status_code = HTTPStatus.OK
        return response

    async def _checked(self, request: Request, body: bytes) -> Source:
        """The source that the post is from, known by its token, its checksum or its secret. Raises `DoorError`."""
        told = request.query_params.get("source", "")[:_LONGEST]
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        with or_later():
            if scheme.casefold() == "bearer":
                source = await asyncio.to_thread(self._by_bearer, bearer.strip(), told)
            else:
                source = await asyncio.to_thread(self._by_checksum, request, body, told)
        if source is None:
            raise DoorError(
                ErrorCode.UNAUTHORISED,
                "Nguồn, mã kiểm tra hoặc mã truy cập không đúng / wrong source, checksum or token:"
                " ?source=ID&checksum=…, or Authorization: Bearer <token>",
            )
        return source

    def _by_checksum(self, request: Request, body: bytes, told: str) -> Source | None:
        source = self._hook(told)
        callback = source.callback if source is not None else None
        checksum = request.query_params.get("checksum", "")[:_LONGEST].casefold()
        asked = callback or without_checksum(str(request.url))
        return source if fits(checksum, asked, body, source.secret if source is not None else None) else None

    def _by_bearer(self, bearer: str, told: str) -> Source | None:
        """By the source's token here; a hook that was told to use none sends the secret in its place."""
        source = self.book.by_token(bearer) if bearer else None
        if source is not None:
            return source if source.kind == KIND and told in ("", source.id) else None
        source = self._hook(told)
        return source if same_secret(bearer, source.secret if source is not None else None) else None

    def _hook(self, told: str) -> Source | None:
        source = self.book.by_id(told) if told else None
        return source if source is not None and source.kind == KIND else None


def _check_charset(request: Request) -> None:
    """A form is UTF-8; what says otherwise would be misread."""
    _, _, parameters = request.headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "charset" and value.strip().strip('"').casefold() not in _CHARSETS:
            raise DoorError(ErrorCode.NOT_HERE, "send UTF-8", status=415)


def _ms_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
