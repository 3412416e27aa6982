"""Everything about people, put on a server."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from psycopg import Connection
from starlette.types import Scope

from dashboard.access.entry import Entry
from dashboard.access.guard import VISITOR, AccessGuard, Approved, Known
from dashboard.access.people import Person, needs
from dashboard.access.sessions import Sessions
from dashboard.accounts.administration import administration_router
from dashboard.accounts.asked import FRESH, Desk
from dashboard.accounts.browsers import Browsers
from dashboard.accounts.entering import entering_router
from dashboard.accounts.oidc import Provider
from dashboard.accounts.page import accounts_frame, password_page, refused_page, roles, sign_in_page
from dashboard.accounts.returning import returning_router
from dashboard.accounts.roster import Roster
from dashboard.build import build_of_pages
from dashboard.data.answers import TIME_ZONE, unit_titles
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.text import language_named, words_in
from geo.generations import generation_on

_THEMES: Final = {"dark", "light"}


class Accounts:
    """People, their sessions, and the guard that asks everybody who they are."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], entry: Entry
    ) -> None:  # fmt: skip
        self._readers = Reader(connect), Reader(connect)
        self._entry = entry
        self._clock = clock
        self._roster = Roster(self._readers[0], clock)

    def mount(self, server: FastAPI) -> None:
        """Put `/sign-in/` and `/accounts/` on a server."""
        desk = Desk(self._readers[1], self._roster, self._clock)
        server.include_router(_entrance(None if self._entry.oidc is None else self._entry.oidc.name))
        server.include_router(_desk_pages(self._clock))
        server.include_router(entering_router(desk, Browsers(self._entry.secret, self._clock)))
        server.include_router(administration_router(desk))
        if self._entry.oidc is not None:
            server.include_router(returning_router(desk, Provider(self._entry.oidc), self._entry.secret))

    def guard(self, server: FastAPI, sessions: Sessions, displays: Approved) -> None:
        """Put the guard before everything that is on the server; middleware added later sees its answers too."""
        known = Known(displays, self._roster)
        server.add_middleware(AccessGuard, access=self._entry.access, sessions=sessions, known=known, refusal=_refusal)

    async def run(self) -> None:
        """Keep an eye on who is signed in, for ever."""
        await self._roster.run()

    def close(self) -> None:
        """Close connections."""
        for reader in self._readers:
            reader.close()


def _entrance(provider: str | None) -> APIRouter:
    router = APIRouter(prefix="/sign-in", include_in_schema=False)

    @router.get("")
    async def beside() -> RedirectResponse:
        return RedirectResponse("/sign-in/")

    @router.get("/")
    async def sign_in(lang: str | None = None) -> HTMLResponse:
        return HTMLResponse(sign_in_page(words_in(language_named(lang)), provider), headers=FRESH)

    @router.get("/password")
    async def password(request: Request, lang: str | None = None) -> HTMLResponse:
        must = request.scope[VISITOR].must_change
        return HTMLResponse(password_page(words_in(language_named(lang)), must_change=must), headers=FRESH)

    return router


def _desk_pages(clock: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(prefix="/accounts", include_in_schema=False)

    @router.get("")
    async def beside() -> RedirectResponse:
        return RedirectResponse("/accounts/")

    @router.get("/")
    async def accounts(
        _: Annotated[Person, Depends(needs("administer"))], lang: str | None = None, theme: str | None = None
    ) -> HTMLResponse:
        words, now = words_in(language_named(lang)), clock()
        facts = {"build": build_of_pages(), "units": unit_titles(now), "roles": roles(words), "now": now, **_since(now)}
        return HTMLResponse(page(accounts_frame(words, theme if theme in _THEMES else None), words, facts))

    return router


def _since(now: datetime) -> dict[str, str]:
    """Since when the units are those of today, and today: a code of an earlier day may be another place."""
    today = now.astimezone(TIME_ZONE).date()
    return {"since": (generation_on(today).valid_from or today).isoformat(), "day": today.isoformat()}


def _refusal(scope: Scope, status: int) -> Response:
    lang = Request(scope).query_params.get("lang")
    return HTMLResponse(refused_page(words_in(language_named(lang)), status), status, headers=FRESH)
