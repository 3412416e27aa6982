"""Signing in and out, one's own password, and who one is."""

from typing import Annotated

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from dashboard.access.bodies import body_of, origin_of
from dashboard.access.guard import VISITOR
from dashboard.access.people import RIGHTS, Person
from dashboard.access.rule import Visitor
from dashboard.accounts.asked import FRESH, Desk
from dashboard.accounts.audit import record
from dashboard.accounts.browsers import Browsers, forget_session
from dashboard.accounts.sessions import end_session
from dashboard.accounts.signing import Attempt, Later, Renewal, Wrong, change_password, sign_in
from dashboard.text import language_named, words_in

log = structlog.get_logger(__name__)


class Given(msgspec.Struct, frozen=True):
    """What somebody typed."""

    login: Annotated[str, msgspec.Meta(max_length=200)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]


class Renewed(msgspec.Struct, frozen=True):
    """The password of now and the one from now on."""

    old: Annotated[str, msgspec.Meta(max_length=1000)]
    new: Annotated[str, msgspec.Meta(max_length=1000)]


def entering_router(desk: Desk, browsers: Browsers) -> APIRouter:
    """`POST /sign-in/session`, `/leave`, `/password` and `/present`, and `GET /sign-in/me`."""
    router = APIRouter(prefix="/sign-in", include_in_schema=False)

    @router.post("/session")
    async def enter(request: Request) -> JSONResponse:
        given, origin = await body_of(request, Given), origin_of(request)
        attempt = Attempt(given.login, given.password, address_of(request), browsers.known(request))
        came = await desk.ask(lambda c: sign_in(c, attempt, desk.clock()))
        _check(came)
        if isinstance(came, Wrong | Later):  # for the types: it was raised
            raise HTTPException(401)
        await desk.roster.renew()
        log.info("signed_in", account=came.account)
        answer = JSONResponse({"must_change": came.must_change}, headers=FRESH)
        browsers.opened(request, answer, came.token, came.account, origin)
        return answer

    @router.post("/leave")
    async def leave(request: Request) -> JSONResponse:
        origin_of(request)
        token, person = browsers.token(request), person_at(request)
        if token:
            ended = await desk.ask(lambda c: end_session(c, token, "sign_out", desk.clock()))
            if ended and person is not None:
                await desk.ask(lambda c: record(c, person, "sign_out", {}, desk.clock()))
            await desk.roster.renew()
        answer = JSONResponse({"entered": False}, headers=FRESH)
        forget_session(answer)
        return answer

    @router.post("/password")
    async def password(request: Request) -> JSONResponse:
        given, person = await body_of(request, Renewed), _someone(request)
        wanted = Renewal(person.login, address_of(request), given.old, given.new, browsers.token(request))
        _check(await desk.ask(lambda c: change_password(c, wanted, desk.clock())))
        await desk.roster.renew()
        return JSONResponse({"changed": True}, headers=FRESH)

    @router.post("/present")
    async def present(request: Request) -> Response:
        _someone(request)  # the guard has noted that its person is here
        return Response(status_code=204, headers=FRESH)

    @router.get("/me")
    async def me(request: Request, lang: str | None = None) -> JSONResponse:
        person, words = person_at(request), words_in(language_named(lang))
        told: dict[str, object] | None = None
        if person is not None:
            rights = sorted(RIGHTS[person.role])
            told = {"login": person.login, "name": person.name, "role": person.role, "rights": rights}
        roles = {str(role): words[f"accounts.role_{role}"] for role in RIGHTS}
        spoken = {**words.under("me"), **roles}
        return JSONResponse({"person": told, "words": spoken}, headers=FRESH)

    return router


def address_of(request: Request) -> str:
    """The address that a request comes from; behind a proxy, what uvicorn believes of its headers."""
    return request.client.host if request.client else ""


def person_at(request: Request) -> Person | None:
    """Who asks, also where a password has to be changed first."""
    visitor: Visitor | None = request.scope.get(VISITOR)
    return None if visitor is None else visitor.person


def _someone(request: Request) -> Person:
    person = person_at(request)
    if person is None:
        raise HTTPException(401, "session_needed")
    return person


def _check(came: object) -> None:
    if isinstance(came, Wrong):
        raise HTTPException(401, "wrong")
    if isinstance(came, Later):
        raise HTTPException(429, "too_many", {"Retry-After": f"{came.wait.total_seconds() + 0.5:.0f}"})
