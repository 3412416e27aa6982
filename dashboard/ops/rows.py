"""`GET /ops/rows`: a page of the queue, out of memory: no statement is sent for it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from dashboard.access.people import Person, needs
from dashboard.data.answers import FRESH, unavailable
from dashboard.ops.asked import NotUnderstoodError, asked_of
from dashboard.ops.live import LiveQueue, NotLoadedError
from stream.queue.wanted import Asked

Seer = Annotated[Person, Depends(needs("cases"))]


def rows_router(live: LiveQueue, clock: Callable[[], datetime]) -> APIRouter:
    """`{"edition", "now", "age", "state", "working_day", "number", "rows", "counts"}`.

    422 `{"detail": {"parameter", "value", "reason"}}` for what is not understood, 503 while nothing could be read yet.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/ops/rows")
    async def rows(request: Request, person: Seer) -> Response:
        asked = understood(request, person, clock())
        try:
            told = await asyncio.to_thread(_told, live, asked)
        except NotLoadedError:
            return unavailable()
        return Response(told, media_type="application/json", headers=FRESH)

    return router


def understood(request: Request, person: Person, now: datetime) -> Asked:
    """What a request asks for; raises `HTTPException` (422) where it can't be asked for."""
    try:
        return asked_of(request.query_params, person, now)
    except NotUnderstoodError as error:
        raise HTTPException(422, error.facts) from None


def _told(live: LiveQueue, asked: Asked) -> bytes:
    sign, page = live.page(asked)
    return msgspec.json.encode({**sign._asdict(), "working_day": live.working_day, **page._asdict()})
