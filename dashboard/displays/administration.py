"""What an administrator does with displays: look, approve, change, revoke."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import msgspec
import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.accounts.audit import record
from dashboard.build import build_of_pages
from dashboard.displays.asked import Desk
from dashboard.displays.code import code_typed
from dashboard.displays.enrolment import FRESH
from dashboard.displays.facts import Change, Showing
from dashboard.displays.store import approve, change, read_displays, revoke

log = structlog.get_logger(__name__)


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The display that shows this code is to show this."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    showing: Showing


def administration_router(desk: Desk, wall_build: Callable[[], str]) -> APIRouter:
    """`GET /displays/state`, `POST /displays/approve`, `/displays/{id}/change` and `/displays/{id}/revoke`.

    All of them for administrators only; `wall_build` answers the build that displays should show.
    """
    router = APIRouter(prefix="/displays", include_in_schema=False)
    clock = desk.clock
    administrator = Annotated[Person, Depends(needs("administer"))]

    async def done(event: str, number: int, by: Person, **more: object) -> JSONResponse:
        log.info(event, display=number, by=by.id, **more)
        facts = {"display": number, **more}
        await desk.ask(lambda c: record(c, by, event.replace("_", "."), facts, clock()))
        await desk.roll.renew()
        return JSONResponse({"id": number}, headers=FRESH)

    @router.get("/state")
    async def state(_: administrator) -> Response:
        now = clock()
        displays = await desk.ask(lambda c: read_displays(c, now))
        build = await asyncio.to_thread(wall_build)
        told = {"build": build_of_pages(), "now": now, "age": 0.0, "state": {"displays": displays, "build": build}}
        return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

    @router.post("/approve")
    async def approval(request: Request, by: administrator) -> JSONResponse:
        asked = await body_of(request, Approval)
        code = code_typed(asked.code)
        if code is None:
            raise HTTPException(404, "no_such_display")
        number = await desk.ask(lambda c: approve(c, code, asked.showing, by.login, clock()))
        return await done("display_approved", number, by, name=asked.showing.name)

    @router.post("/{number}/change")
    async def changing(request: Request, number: int, by: administrator) -> JSONResponse:
        asked = await body_of(request, Change)
        await desk.ask(lambda c: change(c, number, asked))
        return await done("display_changed", number, by, name=asked.name)

    @router.post("/{number}/revoke")
    async def revocation(request: Request, number: int, by: administrator) -> JSONResponse:
        await body_of(request, dict)
        await desk.ask(lambda c: revoke(c, number, by.login, clock()))
        return await done("display_revoked", number, by)

    return router
