"""The page of a case (`/ops/case/<code>`): its whole story, as of any moment, as known at any moment."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response
from psycopg import Connection, Error

from dashboard.access.people import Person, needs
from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH, unavailable
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.figure.asked import NotUnderstoodError
from dashboard.ops.case_asked import CaseAsked
from dashboard.ops.case_layout import case_facts, case_frame
from dashboard.ops.case_read import Names, Read, read_case
from dashboard.ops.case_told import case_json
from dashboard.text import language_named, words_in
from stream.alerts.line import Line, shipped_line
from stream.core.rules import Rules

_THEMES: Final = {"dark", "light"}
Risk = Callable[[str], Mapping[str, Any] | None]
"""The early warning of an open application by its code, as rows of the queue have it; None where there is none."""


def case_address(code: str) -> str:
    """Where the case with this code has its page."""
    return f"/ops/case/{quote(code)}"


def _no_risk(code: str) -> None:
    del code


class CasePages:
    """The pages under `/ops/case/`, over a connection of their own. `first` are the rules before any adoption.

    `line` is the one that escalations go along; None: the shipped one.
    """

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], first: Rules, names: Names,
        risk: Risk = _no_risk, line: Line | None = None,
    ) -> None:  # fmt: skip
        self._reader = Reader(connect)
        self._clock = clock
        self._first = first
        self._names = names
        self._risk = risk
        self._line = line or shipped_line()

    def mount(self, server: FastAPI) -> None:
        """Put the addresses on a server that serves the pages about data, whose assets they share."""
        server.include_router(self.router())

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()

    def router(self) -> APIRouter:
        """`GET /ops/case/<code>`, the page, and `facts.json` below it, what it asks for; codes may contain slashes."""
        router = APIRouter(prefix="/ops/case", include_in_schema=False)
        sees_cases = Depends(needs("cases"))

        @router.get("/{code:path}/facts.json")
        async def facts(
            asked: Annotated[CaseAsked, Depends(_asked)], person: Annotated[Person, sees_cases], lang: str | None = None
        ) -> Response:
            found = await self._found(asked, person)
            if found is None:
                return unavailable()
            state = case_json(found, language_named(lang), self._line, may_act=person.may("act") and not asked.is_past)
            risk = None if asked.is_past else self._risk(asked.code)
            told = {"build": build_of_pages(), "now": self._clock(), "age": 0.0, "state": {**state, "risk": risk}}
            return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

        @router.get("/{code:path}")
        async def case(
            asked: Annotated[CaseAsked, Depends(_asked)],
            person: Annotated[Person, sees_cases],
            lang: str | None = None,
            theme: str | None = None,
            at: str | None = None,
            known: str | None = None,
        ) -> HTMLResponse:
            await self._found(asked, person)
            words = words_in(language_named(lang))
            said = {"theme": theme if theme in _THEMES else None, "at": at, "known": known}
            keep = {name: value for name, value in said.items() if value}
            told = {**case_facts(asked, person, words, keep), "build": build_of_pages(), "now": self._clock()}
            return HTMLResponse(page(case_frame(asked, words, keep, may_act=person.may("act")), words, told))

        return router

    async def _found(self, asked: CaseAsked, person: Person) -> Read | None:
        """The case; None while the database does not answer. Raises `HTTPException` (404), also outside the scope."""
        try:
            found = await self._reader.ask(
                lambda: self._reader.read(
                    lambda c: read_case(c, asked, self._clock(), person.scope, self._first, self._names)
                )
            )
        except Error:
            return None
        if found is None:
            raise HTTPException(404, "no_such_case")
        return found


def _asked(code: str, at: str | None = None, known: str | None = None) -> CaseAsked:
    try:
        return CaseAsked.of(code, at, known)
    except NotUnderstoodError as error:
        raise HTTPException(404, str(error)) from None
