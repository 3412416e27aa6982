"""The addresses of the pages about data."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from psycopg import Connection

from dashboard.build import build_of_pages
from dashboard.data.layout import data_frame
from dashboard.data.operators import Operators
from dashboard.data.page import ASSETS, ASSETS_AT, page
from dashboard.data.quarantine import quarantine_router
from dashboard.data.state import StateSource
from dashboard.text import language_named, words_in
from geo.errors import UnitsUnknownError
from geo.units import units_on

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_FRESH = {"Cache-Control": "no-store"}


class DataPages:
    """The pages about data with what they read from; nothing can be changed from them without `operators`."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], operators: Operators | None
    ) -> None:
        self._clock = clock
        self._state = StateSource(connect, clock)
        self._connect = connect
        self._operators = operators

    def mount(self, server: FastAPI) -> None:
        """Put all addresses under `/data/` on a server."""
        server.include_router(data_router(self._state, self._clock, operators=self._operators is not None))
        server.include_router(quarantine_router(self._connect, self._operators, self._state.expire))
        server.mount(ASSETS_AT, StaticFiles(directory=ASSETS))

    def close(self) -> None:
        """Close connections."""
        self._state.close()


def data_router(source: StateSource, clock: Callable[[], datetime], *, operators: bool) -> APIRouter:
    """`GET /data/`, the page, and `GET /data/state`, what it asks for; `operators` is whether there is a key."""
    router = APIRouter(include_in_schema=False)

    @router.get("/data")
    async def beside() -> RedirectResponse:
        return RedirectResponse("/data/")

    @router.get("/data/")
    async def data(lang: str | None = None) -> HTMLResponse:
        words = words_in(language_named(lang))
        facts = {"build": build_of_pages(), "units": unit_titles(clock()), "operators": operators}
        return HTMLResponse(page(data_frame(words), words, facts))

    @router.get("/data/state")
    async def state() -> Response:
        newest = await asyncio.to_thread(source.read)
        if newest is None:
            return Response(status_code=503, headers={"Retry-After": "5"})
        told = {"build": build_of_pages(), "now": clock(), "age": newest[1], "state": msgspec.Raw(newest[0])}
        return Response(msgspec.json.encode(told), media_type="application/json", headers=_FRESH)

    return router


def unit_titles(now: datetime) -> dict[str, str]:
    """The units in force today by code, as signs write them; none in a time whose units are not recorded."""
    try:
        return {unit.code: unit.title for unit in units_on(now.astimezone(TIME_ZONE).date())}
    except UnitsUnknownError:
        return {}
