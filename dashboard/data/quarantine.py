"""Looking at a record in quarantine and sending it again: an operator's act."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from psycopg import Connection, Error

from dashboard.data.operators import Operators, UnavailableError, check_operator
from stream.quarantine import NotInQuarantineError, Quarantine, Shown

BODY_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a request; an event is a few kB."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record at this place is to be sent again; `corrected` instead of what lies there, where given."""

    part: Annotated[int, msgspec.Meta(ge=0, le=32_767)]
    pos: Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
    corrected: Annotated[str, msgspec.Meta(min_length=1)] | None = None


def quarantine_router(
    connect: Callable[[], Connection[Any]], operators: Operators | None, changed: Callable[[], None]
) -> APIRouter:
    """`GET /data/quarantine/{part}/{pos}` and `POST /data/quarantine/replay`, both with the operator's key.

    `changed` is called after each replay.
    """
    router = APIRouter(prefix="/data/quarantine", include_in_schema=False)

    def shown(part: int, pos: int) -> Shown:
        with connect() as connection:
            return Quarantine(connection).show(part, pos)

    @router.get("/{part}/{pos}")
    async def show(request: Request, part: int, pos: int) -> JSONResponse:
        check_operator(request, operators)
        found = await _answered(lambda: shown(part, pos))
        body = found.body.decode(errors="replace")
        return JSONResponse({"part": part, "pos": pos, "body": body}, headers={"Cache-Control": "no-store"})

    @router.post("/replay")
    async def replay(request: Request) -> JSONResponse:
        operator = check_operator(request, operators)
        asked = await _asked(request)
        corrected = None if asked.corrected is None else asked.corrected.encode()
        part, pos = await _answered(lambda: operator.replay(asked.part, asked.pos, corrected))
        changed()
        log.info("quarantine_replayed", part=asked.part, pos=asked.pos, replayed_as=f"{part}:{pos}",
            corrected=corrected is not None)  # fmt: skip
        return JSONResponse({"part": part, "pos": pos})

    return router


async def _asked(request: Request) -> Asked:
    """What the body asks for; only JSON is read, which no form of another house can send."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HTTPException(413, f"{BODY_LIMIT} bytes")
    try:
        return msgspec.json.decode(body, type=Asked)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise HTTPException(400, "part, pos, corrected") from None


async def _answered(ask: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(ask)
    except NotInQuarantineError:
        raise HTTPException(404, "not_in_quarantine") from None
    except (UnavailableError, Error) as error:
        log.warning("quarantine_unavailable", error=type(error).__name__)
        raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from None
