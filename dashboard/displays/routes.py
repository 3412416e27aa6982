"""Everything about displays, put on a server."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from psycopg import Connection

from dashboard.access.sessions import Sessions
from dashboard.build import build_of_pages
from dashboard.data.reader import Reader
from dashboard.displays.administration import administration_router
from dashboard.displays.asked import Desk
from dashboard.displays.enrolment import enrolment_router
from dashboard.displays.facts import SCENES
from dashboard.displays.page import ASSETS, ASSETS_AT, landing_page, list_page
from dashboard.displays.roll import Roll
from dashboard.displays.store import read_approved
from dashboard.displays.telling import telling_router
from dashboard.text import language_named, words_in


class Displays:
    """Displays and their sessions; `roll` is which of them are approved."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], sessions: Sessions
    ) -> None:
        self._reader = Reader(connect)
        self._clock = clock
        self._sessions = sessions
        self.roll = Roll(lambda: self._reader.read(read_approved))

    def mount(self, server: FastAPI, wall_build: Callable[[], str]) -> None:
        """Put `/display/` and `/displays/` on a server; `wall_build` is what displays should show."""
        desk = Desk(self._reader, self.roll, self._sessions, self._clock)
        server.include_router(_pages())
        server.include_router(enrolment_router(desk))
        server.include_router(telling_router(desk))
        server.include_router(administration_router(desk, wall_build))
        server.mount(ASSETS_AT, StaticFiles(directory=ASSETS))

    async def run(self) -> None:
        """Keep an eye on which displays are approved, for ever."""
        await self.roll.run()

    def close(self) -> None:
        """Close connections."""
        self._reader.close()


def _pages() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/display")
    @router.get("/displays")
    async def beside(request: Request) -> RedirectResponse:
        return RedirectResponse(f"{request.url.path}/")

    @router.get("/display/")
    async def landing() -> HTMLResponse:
        return HTMLResponse(landing_page())

    @router.get("/displays/")
    async def displays(lang: str | None = None) -> HTMLResponse:
        return HTMLResponse(list_page(words_in(language_named(lang)), {"build": build_of_pages(), "scenes": SCENES}))

    return router
