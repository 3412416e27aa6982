"""The operators' queue, put on a server: its page and what a person keeps of it. Rows and changes have their own."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from psycopg import Connection, Error

from dashboard.access.people import RIGHTS, Person, needs
from dashboard.accounts.store import read_accounts
from dashboard.build import build_of_pages
from dashboard.data.answers import TIME_ZONE, unit_titles
from dashboard.data.page import page
from dashboard.data.reader import Reader
from dashboard.ops.layout import facts_of, queue_frame
from dashboard.ops.views import FILTERS, View, read_views, views_router
from dashboard.text import language_named, words_in

ADDRESS: Final = "/ops/"
_THEMES: Final = {"dark", "light"}
_FRESH: Final = {"Cache-Control": "no-store"}
"""The page bears the name of who looks, and what they keep."""

log = structlog.get_logger(__name__)


class QueuePage:
    """`/ops/` and `/ops/views`; one connection for what people keep."""

    def __init__(self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime]) -> None:
        self._reader = Reader(connect)
        self._clock = clock

    def mount(self, server: FastAPI) -> None:
        """Put them on a server that serves the pages about data, whose assets they share."""
        server.include_router(page_router(self._reader, self._clock))
        server.include_router(views_router(self._reader, self._clock))

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()


def page_router(reader: Reader, clock: Callable[[], datetime]) -> APIRouter:
    """`GET /ops/`: the queue, for whoever may see cases; two statements."""
    router = APIRouter(include_in_schema=False)

    @router.get(ADDRESS.rstrip("/"))
    async def beside() -> RedirectResponse:
        return RedirectResponse(ADDRESS)

    @router.get(ADDRESS)
    async def queue(
        request: Request,
        person: Annotated[Person, Depends(needs("cases"))],
        lang: str | None = None,
        theme: str | None = None,
    ) -> HTMLResponse:
        words, now = words_in(language_named(lang)), clock()
        views, people = await asyncio.to_thread(_kept, reader, person, now)
        looks = theme if theme in _THEMES else None
        keep = {name: value for name, value in request.query_params.items() if name in FILTERS}
        facts = {
            **facts_of(person, words), "build": build_of_pages(), "units": _units(person, now),
            "views": [view.told() for view in views], "people": people,
        }  # fmt: skip
        frame = queue_frame(person, words, {**keep, **({} if looks is None else {"theme": looks})}, looks)
        return HTMLResponse(page(frame, words, facts), headers=_FRESH)

    return router


def _kept(reader: Reader, person: Person, now: datetime) -> tuple[list[View], dict[str, str]]:
    """The person's views, and by what names those who may hold cases are known."""

    def reading(connection: Connection[Any]) -> tuple[list[View], dict[str, str]]:
        # Disabled ones too: they may still hold cases.
        accounts = (account for account in read_accounts(connection, now) if "act" in RIGHTS[account.role])
        return read_views(connection, person.id), {account.login: account.name for account in accounts}

    try:
        return reader.read(reading)
    except Error as error:  # the list is worth more than what somebody keeps of it
        log.warning("views_unavailable", error=type(error).__name__)
        return [], {}


def _units(person: Person, now: datetime) -> dict[str, str]:
    """The units that the person may see cases of, by code."""
    seen = person.scope.units_on(now.astimezone(TIME_ZONE).date())
    return {code: title for code, title in unit_titles(now).items() if seen is None or int(code) in seen}
