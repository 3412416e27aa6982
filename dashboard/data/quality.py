"""The page of the conference lines: its addresses and what they answer."""

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import msgspec
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from psycopg import Connection, Error

from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH, newest_answer, unavailable, unit_titles
from dashboard.data.layout import quality_frame
from dashboard.data.newest import Newest
from dashboard.data.page import page
from dashboard.data.picture import picture_of
from dashboard.data.reader import Reader
from dashboard.text import language_named, words_in
from stream.first_rules import first_rules
from stream.quality.estimates import read_estimates
from stream.quality.latest import read_latest
from stream.quality.read import LineOfDay, read_line

_PLANES = ("samples", "mos", "mos_least", "loss", "loss_most", "jitter_most", "rtt_most")


def quality_router(reader: Reader, clock: Callable[[], datetime]) -> APIRouter:
    """`GET /data/quality`, the page; `/now`, `/day` and `/line` below it are what it asks for."""
    router = APIRouter(prefix="/data/quality", include_in_schema=False)
    newest = Newest(reader, lambda connection: read_now(connection, clock()))

    @router.get("")
    async def quality(lang: str | None = None) -> HTMLResponse:
        words, now = words_in(language_named(lang)), clock()
        facts = {"build": build_of_pages(), "units": unit_titles(now), "now": now}
        return HTMLResponse(page(quality_frame(words), words, facts))

    @router.get("/now")
    async def now() -> Response:
        return await newest_answer(newest, clock())

    @router.get("/day")
    async def day(day: date) -> Response:
        started = time.perf_counter()
        try:
            found = await reader.ask(lambda: reader.read(partial(read_estimates, day=day)))
        except Error:
            return unavailable()
        body = picture_of(found, clock())
        took = f"read;dur={1_000 * (time.perf_counter() - started):.1f}"
        return Response(body, media_type="application/octet-stream", headers={**FRESH, "Server-Timing": took})

    @router.get("/line")
    async def line(day: date, endpoint: str) -> Response:
        try:
            found = await reader.ask(lambda: reader.read(partial(read_line, day=day, code=endpoint)))
        except Error:
            return unavailable()
        return Response(line_json(found), media_type="application/json", headers=FRESH)

    return router


def read_now(connection: Connection[Any], now: datetime) -> dict[str, Any]:
    """How every endpoint stands."""
    return {"endpoints": read_latest(connection, now, first_rules())}


def line_json(line: LineOfDay) -> bytes:
    """A line as JSON: a list of 1,440 numbers for each thing that is measured, -1 where it was not."""
    return msgspec.json.encode({name: getattr(line, name).tolist() for name in _PLANES})
