"""The pages about data, put on a server."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from psycopg import Connection

from dashboard.build import build_of_pages
from dashboard.data.answers import newest_answer, unit_titles
from dashboard.data.layout import data_frame
from dashboard.data.newest import Newest
from dashboard.data.operators import Operators
from dashboard.data.page import ASSETS, ASSETS_AT, page
from dashboard.data.quality import quality_router
from dashboard.data.quarantine import quarantine_router
from dashboard.data.reader import Reader
from dashboard.data.state import read_state
from dashboard.text import language_named, words_in


class DataPages:
    """The pages about data with what they read from; nothing can be changed from them without `operators`."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], operators: Operators | None
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._operators = operators
        self._reader = Reader(connect)

    def mount(self, server: FastAPI) -> None:
        """Put all addresses under `/data/` on a server."""
        clock = self._clock
        newest = Newest(self._reader, lambda connection: read_state(connection, clock()))
        server.include_router(data_router(newest, clock, operators=self._operators is not None))
        server.include_router(quarantine_router(self._connect, self._operators, newest.expire, clock))
        server.include_router(quality_router(self._reader, clock))
        server.mount(ASSETS_AT, StaticFiles(directory=ASSETS))

    def close(self) -> None:
        """Close connections."""
        self._reader.close()


def data_router(newest: Newest, clock: Callable[[], datetime], *, operators: bool) -> APIRouter:
    """`GET /data/`, the page, and `GET /data/state`, what it asks for; `operators`: records can be sent again."""
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
        return await newest_answer(newest, clock())

    return router
