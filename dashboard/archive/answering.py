"""What the addresses of the archive share: a connection, the clock, the schedules, and who may do what."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec
import structlog
from fastapi import Depends, HTTPException
from fastapi.responses import Response
from psycopg import Connection, Error

from dashboard.access.people import Person, needs
from dashboard.archive.objects import UnreadableError
from dashboard.archive.plans import Plans
from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH
from dashboard.data.reader import Reader

T = TypeVar("T")
Looking = Annotated[Person, Depends(needs("archive"))]
_AS_JSON: Final = "application/json"
_log = structlog.get_logger(__name__)


def runner(person: Annotated[Person, Depends(needs("administer"))]) -> Person:
    """Who may have snapshots made: raises `HTTPException` (403) for a person of some units only.

    A snapshot speaks of the whole area, to the province.
    """
    if person.scope.entries is not None:
        raise HTTPException(403, "not_for_you")
    return person


Running = Annotated[Person, Depends(runner)]


class Answering:
    """Reads and writes on a connection of its own."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], plans: Plans
    ) -> None:  # fmt: skip
        self.clock = clock
        self.plans = plans
        self._reader = Reader(connect)

    async def do(self, work: Callable[[Connection[Any]], T]) -> T:
        """In a thread; raises `HTTPException`: 503 where the database does not answer, 422 for what can't be read."""
        try:
            return await self._reader.ask(lambda: self._reader.read(work))
        except UnreadableError as error:
            _log.error("snapshot_unreadable", error=str(error))
            raise HTTPException(422, "unreadable") from error
        except Error as error:
            _log.warning("archive_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from error

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()


def as_json(told: object) -> Response:
    """An answer that nobody keeps."""
    return Response(msgspec.json.encode(told), media_type=_AS_JSON, headers=FRESH)


def as_state(now: datetime, state: object) -> Response:
    """`{"build", "now", "age", "state"}`, as every page that asks again and again is answered."""
    return as_json({"build": build_of_pages(), "now": now, "age": 0.0, "state": state})


def as_file(body: bytes, name: str, media_type: str) -> Response:
    """A file to be kept by who asked, and by nobody between; a browser takes it for nothing else than it is."""
    headers: Mapping[str, str] = {
        **FRESH,
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=media_type, headers=dict(headers))
