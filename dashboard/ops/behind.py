"""The cases behind any figure (`/ops/behind/<kpi>`): those that make it, page by page, with their sum beside it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response
from psycopg import Connection, Error

from dashboard.access.people import Person, needs
from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH, unavailable, unit_titles
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.figure.asked import Asked, NotUnderstoodError
from dashboard.figure.layout import place_of
from dashboard.ops.behind_layout import behind_facts, behind_frame
from dashboard.ops.behind_read import Turned, read_leaf, turned
from dashboard.ops.behind_scope import seen_of
from dashboard.text import language_named, words_in
from stream.kpi.catalogue import Catalogue

_THEMES = {"dark", "light"}


class BehindPages:
    """The pages under `/ops/behind/`, over a connection of their own."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], catalogue: Catalogue
    ) -> None:
        self._reader = Reader(connect)
        self._clock = clock
        self._catalogue = catalogue

    def mount(self, server: FastAPI) -> None:
        """Put the addresses on a server that serves the pages about data, whose assets they share."""
        server.include_router(behind_router(self._reader, self._clock, self._catalogue))

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()


def behind_router(reader: Reader, clock: Callable[[], datetime], catalogue: Catalogue) -> APIRouter:
    """`GET /ops/behind/<kpi>`, the page, and `/cases` below it, a part of the list; both need the right `cases`."""
    router = APIRouter(prefix="/ops/behind", include_in_schema=False)
    sees_cases = Depends(needs("cases"))

    def asked_for(kpi: str, unit: str | None = None, at: str | None = None, known: str | None = None) -> Asked:
        if kpi not in catalogue.kpis:
            raise HTTPException(404)
        try:
            return Asked.of(catalogue[kpi], unit, at, known)
        except NotUnderstoodError as error:
            raise HTTPException(404, str(error)) from None

    def turn_of(part: str | None = None, after: str | None = None, count: int | None = None) -> Turned:
        try:
            return turned(part, after, count)
        except NotUnderstoodError as error:
            raise HTTPException(404, str(error)) from None

    @router.get("/{kpi}", dependencies=[sees_cases])
    async def behind(
        asked: Annotated[Asked, Depends(asked_for)],
        turn: Annotated[Turned, Depends(turn_of)],
        lang: str | None = None,
        theme: str | None = None,
        at: str | None = None,
        known: str | None = None,
    ) -> HTMLResponse:
        words, now = words_in(language_named(lang)), clock()
        said = {"theme": theme if theme in _THEMES else None, "at": at, "known": known}
        keep = {name: value for name, value in said.items() if value}
        units = unit_titles(asked.moment(now))
        served = {"build": build_of_pages(), "units": units, "now": now}
        facts = {**behind_facts(asked, turn.part, words, keep), **served}
        frame = behind_frame(asked, turn.part, words, place_of(asked, words, units), keep)
        return HTMLResponse(page(frame, words, facts))

    @router.get("/{kpi}/cases")
    async def cases(
        asked: Annotated[Asked, Depends(asked_for)],
        turn: Annotated[Turned, Depends(turn_of)],
        person: Annotated[Person, sees_cases],
    ) -> Response:
        now, scope = clock(), seen_of(person.scope)
        try:
            state = await reader.ask(lambda: reader.read(lambda c: read_leaf(c, asked, now, turn, scope)))
        except Error:
            return unavailable()
        told = {"build": build_of_pages(), "now": clock(), "age": 0.0, "state": state}
        return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

    return router
