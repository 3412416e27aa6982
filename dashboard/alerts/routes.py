"""The page of alerts, put on a server: `/ops/alerts`."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
import structlog
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from psycopg import Connection, Error

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.accounts.audit import record
from dashboard.alerts.asked import AskedEnd, AskedSilence, may_end, silence_of
from dashboard.alerts.layout import alerts_frame
from dashboard.alerts.state import read_state
from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH, unit_titles
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.text import language_named, words_in
from geo.units import AREA_NAME
from stream.alerts.errors import NoSuchSilenceError
from stream.alerts.silences import end_silence, read_silences, write_silence

Looking = Annotated[Person, Depends(needs("cases"))]
Acting = Annotated[Person, Depends(needs("act"))]
T = TypeVar("T")

log = structlog.get_logger(__name__)


class AlertPages:
    """`GET /ops/alerts`, what its script asks for, and what puts alerts aside."""

    def __init__(self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime]) -> None:
        self._reader = Reader(connect)
        self._clock = clock

    def mount(self, server: FastAPI) -> None:
        """Put the addresses on a server that serves the pages about data, whose assets they share."""
        router = APIRouter(prefix="/ops/alerts", include_in_schema=False)
        self._looks(router)
        self._acts(router)
        server.include_router(router)

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()

    def _looks(self, router: APIRouter) -> None:
        @router.get("")
        async def alerts(person: Looking, lang: str | None = None, theme: str | None = None) -> HTMLResponse:
            del person
            words = words_in(language_named(lang))
            facts = {"build": build_of_pages(), "units": unit_titles(self._clock()), "area": AREA_NAME}
            return HTMLResponse(page(alerts_frame(words, theme), words, facts), headers=FRESH)

        @router.get("/state")
        async def state(person: Looking) -> Response:
            now = self._clock()
            found = await self._do(lambda connection: read_state(connection, person, now))
            told = {"build": build_of_pages(), "now": now, "age": 0.0, "state": found}
            return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

    def _acts(self, router: APIRouter) -> None:
        @router.post("/silence")
        async def silence(request: Request, person: Acting) -> JSONResponse:
            asked, now = await body_of(request, AskedSilence), self._clock()
            wanted = silence_of(asked, person, now)
            facts = {"rule": asked.rule, "unit": asked.unit, "hours": asked.hours, "reason": wanted.reason}

            def write(connection: Connection[Any]) -> int:
                with connection.transaction():  # none without its line in the record
                    number = write_silence(connection, wanted, now)
                    record(connection, person, "alerts.silenced", {"id": number, **facts}, now)
                return number

            return JSONResponse({"id": await self._do(write)}, headers=FRESH)

        @router.post("/end")
        async def end(request: Request, person: Acting) -> JSONResponse:
            asked, now = await body_of(request, AskedEnd), self._clock()

            def write(connection: Connection[Any]) -> int:
                found = next((each for each in read_silences(connection, now) if each.id == asked.id), None)
                if found is None:
                    raise HTTPException(404, "no_such_silence")
                if not may_end(person, found, now):
                    raise HTTPException(403, "outside_scope")
                with connection.transaction():
                    end_silence(connection, asked.id, person.login, now)
                    record(connection, person, "alerts.silence_ended", {"id": asked.id}, now)
                return asked.id

            return JSONResponse({"id": await self._do(write)}, headers=FRESH)

    async def _do(self, work: Callable[[Connection[Any]], T]) -> T:
        """In a thread; raises `HTTPException` (503) where the database does not answer."""
        try:
            return await asyncio.to_thread(self._reader.read, work)
        except NoSuchSilenceError as error:
            raise HTTPException(404, "no_such_silence") from error
        except Error as error:
            log.warning("alerts_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from error
