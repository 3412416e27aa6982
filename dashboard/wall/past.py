"""The time machine: any scene as of any moment, as it was shown then or with all that became known since."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from psycopg import Error

from dashboard.feed.threads import in_wall_thread
from dashboard.wall.asked import PREFIX, TIME_ZONE, Past, past_of
from dashboard.wall.frames import Frames
from dashboard.wall.scene import When
from dashboard.wall.scenes import SCENES
from geo.errors import UnitsUnknownError

_FRESH: Final = {"Cache-Control": "no-store"}


def past_router(frames: Frames, names: Callable[[str | None], Sequence[str]]) -> APIRouter:
    """`GET /wall/past?scenes=overview&at=2026-03-03T10:00&known=then`: `{"at", "known", "area", "frames": […]}`.

    `at` is local time unless it names its zone, `area` the edition of the units of that day, with which the page has
    to be laid out. 400 for a moment that is none, 404 for one whose units are not recorded, 503 while the database is
    away.
    """
    router = APIRouter(include_in_schema=False)
    turn = asyncio.Lock()  # one is read at a time: those that wait for it shall not hold a thread each

    @router.get(f"{PREFIX}past")
    async def past(
        request: Request,
        at: Annotated[str, Query(max_length=40)],
        known: Annotated[str | None, Query(max_length=4)] = None,
        scenes: Annotated[str | None, Query(max_length=200)] = None,
    ) -> Response:
        asked = past_of(at, known)
        if asked is None:
            return _refused(400, "moment")
        try:
            async with turn:
                if await request.is_disconnected():  # nobody waits for it any more: the next one comes sooner
                    return _refused(503, "left")
                found = await in_wall_thread(lambda: _read(frames, asked, names(scenes)))
        except UnitsUnknownError:
            return _refused(404, "units")
        except Error:
            return _refused(503, "away")
        return Response(found, media_type="application/json", headers=_FRESH)

    return router


def _read(frames: Frames, asked: Past, names: Sequence[str]) -> bytes:
    when = When(asked.at, asked.known_at)
    return msgspec.json.encode(
        {
            "at": asked.at,
            "known": asked.known,
            "area": frames.area(asked.at.astimezone(TIME_ZONE).date()).edition,
            "frames": [msgspec.Raw(frames.read_past(SCENES[name], when)) for name in names],
        }
    )


def _refused(status: int, why: str) -> Response:
    return Response(msgspec.json.encode({"why": why}), status, media_type="application/json", headers=_FRESH)
