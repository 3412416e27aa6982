"""Looking at a record in quarantine and sending it again: an operator's act."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec
import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from psycopg import Connection, Error

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.accounts.audit import record
from dashboard.data.operators import Operators, UnavailableError
from stream.quarantine import NotInQuarantineError, Quarantine, Shown, is_our_own

BODY_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a request; an event is a few kB."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record at this place is to be sent again; `corrected` instead of what lies there, where given."""

    part: Annotated[int, msgspec.Meta(ge=0, le=32_767)]
    pos: Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
    corrected: Annotated[str, msgspec.Meta(min_length=1)] | None = None


def repairer(person: Annotated[Person, Depends(needs("repair"))]) -> Person:
    """Who may repair: raises `HTTPException` (403) for a person of some units only.

    Of which unit a record in quarantine speaks can't be believed: it could not be applied.
    """
    if person.scope.entries is not None:
        raise HTTPException(403, "not_for_you")
    return person


def quarantine_router(
    connect: Callable[[], Connection[Any]],
    operators: Operators | None,
    changed: Callable[[], None],
    clock: Callable[[], datetime],
) -> APIRouter:
    """`GET /data/quarantine/{part}/{pos}` and `POST /data/quarantine/replay`, both for those who may repair everything.

    `changed` is called after each replay.
    """
    router = APIRouter(prefix="/data/quarantine", include_in_schema=False)

    def shown(part: int, pos: int) -> Shown:
        with connect() as connection:
            return Quarantine(connection).show(part, pos)

    def recorded(by: Person, facts: Mapping[str, object]) -> None:
        with connect() as connection:
            record(connection, by, "quarantine.replayed", facts, clock())

    @router.get("/{part}/{pos}")
    async def show(part: int, pos: int, _: Annotated[Person, Depends(repairer)]) -> JSONResponse:
        found = await _answered(lambda: shown(part, pos))
        body = found.body.decode(errors="replace")
        return JSONResponse({"part": part, "pos": pos, "body": body}, headers={"Cache-Control": "no-store"})

    @router.post("/replay")
    async def replay(request: Request, by: Annotated[Person, Depends(repairer)]) -> JSONResponse:
        asked = await body_of(request, Asked, limit=BODY_LIMIT)
        if operators is None:
            raise HTTPException(403, "no_log")
        corrected = None if asked.corrected is None else asked.corrected.encode()
        if corrected is not None and is_our_own(corrected):
            raise HTTPException(422, "own_source")
        part, pos = await _answered(lambda: operators.replay(asked.part, asked.pos, corrected))
        changed()
        facts = {
            "part": asked.part,
            "pos": asked.pos,
            "replayed_as": f"{part}:{pos}",
            "corrected": corrected is not None,
        }
        log.info("quarantine_replayed", by=by.id, **facts)
        await _answered(lambda: recorded(by, facts))
        return JSONResponse({"part": part, "pos": pos})

    return router


async def _answered(ask: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(ask)
    except NotInQuarantineError:
        raise HTTPException(404, "not_in_quarantine") from None
    except (UnavailableError, Error) as error:
        log.warning("quarantine_unavailable", error=type(error).__name__)
        raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from None
