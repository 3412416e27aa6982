"""What a display at work asks and tells: who it is, and each minute how it is."""

from datetime import datetime
from typing import Final

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from dashboard.access.bodies import body_of
from dashboard.access.guard import VISITOR
from dashboard.displays.asked import Desk
from dashboard.displays.enrolment import FRESH
from dashboard.displays.facts import DisplayFacts, Report
from dashboard.displays.store import keep_report

_APART: Final = 10.0  # seconds; what comes more often is not kept
_BODY_LIMIT: Final = 2048  # bytes


def telling_router(desk: Desk) -> APIRouter:
    """`GET /display/self` and `POST /display/report`, for a display's session only."""
    router = APIRouter(prefix="/display", include_in_schema=False)
    reported: dict[int, datetime] = {}

    @router.get("/self")
    async def self_(request: Request) -> JSONResponse:
        return JSONResponse(msgspec.to_builtins(_display_in(request)), headers=FRESH)

    @router.post("/report")
    async def report(request: Request) -> Response:
        display = _display_in(request)
        told, now = await body_of(request, Report, limit=_BODY_LIMIT), desk.clock()
        if is_due(reported.get(display.id), now):
            await desk.ask(lambda c: keep_report(c, display.id, told, now))
            reported[display.id] = now
        return Response(status_code=204, headers=FRESH)

    return router


def is_due(before: datetime | None, now: datetime) -> bool:
    """Whether a report is to be kept after one that was kept `before`, which lies in the future of a clock set back."""
    return before is None or abs((now - before).total_seconds()) >= _APART


def _display_in(request: Request) -> DisplayFacts:
    """The display whose session came with a request; raises `HTTPException` (401)."""
    visitor = request.scope.get(VISITOR)
    if visitor is None or visitor.display is None:
        raise HTTPException(401, "session_needed")
    display: DisplayFacts = visitor.display
    return display
