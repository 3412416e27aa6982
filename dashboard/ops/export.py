"""`GET /ops/export.csv` and `.xlsx`: every case of the list that is on the screen, written down who took it away."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from psycopg import Connection, Error
from starlette.background import BackgroundTask

from dashboard.access.people import Person, needs
from dashboard.accounts.audit import record
from dashboard.data.answers import TIME_ZONE, unavailable, unit_titles
from dashboard.data.reader import Reader
from dashboard.ops.asked import query_of
from dashboard.ops.export_columns import Frame, Row
from dashboard.ops.export_tables import csv_pieces, write_workbook
from dashboard.ops.live import LiveQueue, NotLoadedError
from dashboard.ops.rows import understood
from dashboard.text import language_named, words_in
from stream.queue.wanted import Asked

Form: TypeAlias = Literal["csv", "xlsx"]
Taker = Annotated[Person, Depends(needs("export"))]
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Taken:
    """A list on its way out: its rows, how many, and with which words."""

    rows: Iterator[Row]
    number: int
    frame: Frame
    name: str


class Exports:
    """Lists of cases to take away; none leaves the house without a line in the record of who did what."""

    def __init__(
        self, live: LiveQueue, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime]
    ) -> None:  # fmt: skip
        self._live = live
        self._clock = clock
        self._reader = Reader(connect)

    def router(self) -> APIRouter:
        """The same query as `/ops/rows`, and `lang`; 503 where the record can't be written."""
        router = APIRouter(include_in_schema=False)

        @router.get("/ops/export.csv")
        async def as_csv(request: Request, person: Taker, lang: str | None = None) -> Response:
            taken = await self._taken(request, person, "csv", lang)
            if taken is None:
                return unavailable()
            pieces = csv_pieces(taken.rows, taken.frame)
            return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=_headers(taken.name))

        @router.get("/ops/export.xlsx")
        async def as_workbook(request: Request, person: Taker, lang: str | None = None) -> Response:
            taken = await self._taken(request, person, "xlsx", lang)
            if taken is None:
                return unavailable()
            folder = tempfile.TemporaryDirectory(prefix="ioc-export-")
            path = Path(folder.name) / "queue.xlsx"
            try:
                # One at a time: it is long work, and others need threads as well.
                await self._reader.ask(lambda: write_workbook(path, taken.rows, taken.frame))
            except BaseException:
                folder.cleanup()
                raise
            return FileResponse(
                path, media_type=_XLSX, headers=_headers(taken.name), background=BackgroundTask(folder.cleanup)
            )  # fmt: skip

        return router

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()

    async def _taken(self, request: Request, person: Person, form: Form, lang: str | None) -> Taken | None:
        now = self._clock()
        asked = understood(request, person, now)
        facts: dict[str, object] = {"query": query_of(request.query_params)}
        return await asyncio.to_thread(self._read, asked, (person, form, facts), (now, lang))

    def _read(
        self, asked: Asked, who: tuple[Person, Form, dict[str, object]], when: tuple[datetime, str | None]
    ) -> Taken | None:
        person, form, facts = who
        now, lang = when
        try:
            _, number, rows = self._live.everything(asked)
            scope = None if asked.scope is None else sorted(f"{unit:05d}" for unit in asked.scope)
            told = {**facts, "rows": number, "scope": scope}
            self._reader.read(lambda connection: record(connection, person, f"export.{form}", told, now))
        except (NotLoadedError, Error):
            return None
        words = words_in(language_named(lang))
        name = f"{words['queue_export.file']}-{now.astimezone(TIME_ZONE):%Y%m%d-%H%M}.{form}"
        return Taken(rows, number, Frame(words, unit_titles(now), self._live.working_day), name)


def _headers(name: str) -> dict[str, str]:
    return {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
