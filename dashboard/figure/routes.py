"""The passport pages, put on a server."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from psycopg import Connection

from dashboard.access.people import Person, needs, sees_cases
from dashboard.build import build_of_pages
from dashboard.data.answers import newest_answer, unit_titles
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.figure.asked import Asked, NotUnderstoodError
from dashboard.figure.behind import cases_json, read_cases
from dashboard.figure.layout import facts_of, frame_of, place_of
from dashboard.figure.library import library_address, library_router
from dashboard.figure.past import past_json, read_past
from dashboard.figure.present import present_json, read_present
from dashboard.figure.shared import Shared
from dashboard.figure.trust import Calendars
from dashboard.ops.behind_scope import seen_of
from dashboard.text import language_named, words_in
from stream.kpi.catalogue import Catalogue

_PAST_FOR: Final = 60.0
"""Seconds for which what is over is good; late events restate it, after this time at the latest."""
_CASES_FOR: Final = 3.0
_THEMES: Final = {"dark", "light"}


class FigurePages:
    """The pages under `/kpi/`, with what they read from; lists of cases over a connection of their own."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], catalogue: Catalogue
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._readers = Reader(connect), Reader(connect)
        figures, lists = self._readers
        calendars = Calendars()
        self._present = Shared(figures, lambda c, asked: present_json(read_present(c, asked, clock(), calendars)), 1.0)
        self._past = Shared(lists, lambda c, asked: past_json(read_past(c, asked, clock())), _PAST_FOR)
        self._cases = Shared(lists, lambda c, asked: cases_json(read_cases(c, asked, clock())), _CASES_FOR)

    def mount(self, server: FastAPI) -> None:
        """Put all addresses under `/kpi/` on a server that serves the pages about data, whose assets they share."""
        server.include_router(library_router())
        shared = {"now": self._present, "past": self._past, "cases": self._cases}
        server.include_router(figure_router(self._catalogue, self._clock, shared))

    def close(self) -> None:
        """Close connections."""
        for reader in self._readers:
            reader.close()


def figure_router(catalogue: Catalogue, clock: Callable[[], datetime], shared: dict[str, Shared]) -> APIRouter:
    """`GET /kpi/<id>`, the page; `/now`, `/past` and `/cases` below it are what it asks for."""
    router = APIRouter(prefix="/kpi", include_in_schema=False)

    def asked_for(kpi: str, unit: str | None = None, at: str | None = None, known: str | None = None) -> Asked:
        if kpi not in catalogue.kpis:
            raise HTTPException(404)
        try:
            return Asked.of(catalogue[kpi], unit, at, known)
        except NotUnderstoodError as error:
            raise HTTPException(404, str(error)) from None

    @router.get("/{kpi}")
    async def passport(
        request: Request,
        asked: Annotated[Asked, Depends(asked_for)],
        lang: str | None = None,
        theme: str | None = None,
        at: str | None = None,
        known: str | None = None,
    ) -> HTMLResponse:
        words, now = words_in(language_named(lang)), clock()
        said = {"theme": theme if theme in _THEMES else None, "at": at, "known": known}
        keep = {name: value for name, value in said.items() if value}
        units = unit_titles(asked.moment(now))
        served = {
            "build": build_of_pages(),
            "plotly": library_address(),
            "units": units,
            "now": now,
            "sees_cases": sees_cases(request),
        }
        facts = {**facts_of(asked, catalogue, words, keep), **served}
        return HTMLResponse(page(frame_of(asked, catalogue, words, place_of(asked, words, units), keep), words, facts))

    @router.get("/{kpi}/now")
    async def now(asked: Annotated[Asked, Depends(asked_for)]) -> Response:
        return await newest_answer(shared["now"].of(asked), clock())

    @router.get("/{kpi}/past")
    async def past(asked: Annotated[Asked, Depends(asked_for)]) -> Response:
        return await newest_answer(shared["past"].of(asked), clock())

    @router.get("/{kpi}/cases")
    async def cases(
        asked: Annotated[Asked, Depends(asked_for)], person: Annotated[Person, Depends(needs("cases"))]
    ) -> Response:
        return await newest_answer(shared["cases"].of(asked.within(seen_of(person.scope))), clock())

    return router
