"""What an administrator does with displays: look, approve, change, revoke."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Final

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from dashboard.access.bodies import body_of
from dashboard.access.guard import VISITOR
from dashboard.build import build_of_pages
from dashboard.displays.asked import Desk
from dashboard.displays.code import code_typed
from dashboard.displays.enrolment import FRESH
from dashboard.displays.facts import Change, Showing
from dashboard.displays.store import approve, change, read_displays, revoke

_BY: Final = "operator"  # until people sign in by name

log = structlog.get_logger(__name__)


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The display that shows this code is to show this."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    showing: Showing


def administration_router(desk: Desk, wall_build: Callable[[], str]) -> APIRouter:
    """`GET /displays/state`, `POST /displays/approve`, `/displays/{id}/change` and `/displays/{id}/revoke`.

    All of them with an operator's session or key only; `wall_build` answers the build that displays should show.
    """
    router = APIRouter(prefix="/displays", include_in_schema=False)
    clock = desk.clock

    async def done(event: str, number: int, **more: object) -> JSONResponse:
        log.info(event, display=number, by=_BY, **more)
        await desk.roll.renew()
        return JSONResponse({"id": number}, headers=FRESH)

    @router.get("/state")
    async def state(request: Request) -> Response:
        _check(request)
        now = clock()
        displays = await desk.ask(lambda c: read_displays(c, now))
        build = await asyncio.to_thread(wall_build)
        told = {"build": build_of_pages(), "now": now, "age": 0.0, "state": {"displays": displays, "build": build}}
        return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

    @router.post("/approve")
    async def approval(request: Request) -> JSONResponse:
        _check(request)
        asked = await body_of(request, Approval)
        code = code_typed(asked.code)
        if code is None:
            raise HTTPException(404, "no_such_display")
        number = await desk.ask(lambda c: approve(c, code, asked.showing, _BY, clock()))
        return await done("display_approved", number, name=asked.showing.name)

    @router.post("/{number}/change")
    async def changing(request: Request, number: int) -> JSONResponse:
        _check(request)
        asked = await body_of(request, Change)
        await desk.ask(lambda c: change(c, number, asked))
        return await done("display_changed", number, name=asked.name)

    @router.post("/{number}/revoke")
    async def revocation(request: Request, number: int) -> JSONResponse:
        _check(request)
        await body_of(request, dict)
        await desk.ask(lambda c: revoke(c, number, _BY, clock()))
        return await done("display_revoked", number)

    return router


def _check(request: Request) -> None:
    # The guard lets only operators come here; whoever forgets the guard lets nobody.
    visitor = request.scope.get(VISITOR)
    if visitor is None or not visitor.operator:
        raise HTTPException(401, "session_needed")
