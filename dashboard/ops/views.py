"""Saved views (bộ lọc đã lưu) of the queue: what a person looks at each day, by name. Nobody sees those of others."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from psycopg import Connection, Error

from dashboard.access.bodies import body_of, origin_of
from dashboard.access.people import Person, needs
from dashboard.data.reader import Reader
from dashboard.ops.queries import query

MOST: Final = 50
FILTERS: Final = (
    "kind", "unit", "field", "procedure", "channel", "level", "status", "state", "holder", "q", "received_from",
    "received_to", "due_to", "sort", "dir",
)  # fmt: skip
"""The names that the queue's address knows (docs/queue.md); nothing else of an address is kept."""
_FRESH: Final = {"Cache-Control": "no-store"}

T = TypeVar("T")
log = structlog.get_logger(__name__)


class View(NamedTuple):
    """A list by name; `first`: the page opens with it where its address asks for nothing."""

    id: int
    name: str
    query: str
    first: bool

    def told(self) -> dict[str, object]:
        """As the page knows it."""
        return self._asdict()


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be kept, in the place of what had that name."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    query: Annotated[str, msgspec.Meta(max_length=1000)]
    first: bool = False


class UnkeptError(Exception):
    """A view can't be kept: `status` and `reason` are the answer's."""

    retriable = False
    status: int
    reason: str


class TooManyError(UnkeptError):
    """A person has as many views as one may have."""

    status, reason = 409, "too_many"


class NoAccountError(UnkeptError):
    """Who asks has no account, as a script with the key of the home: nothing can be kept for them."""

    status, reason = 403, "not_for_you"


def read_views(connection: Connection[Any], account: int) -> list[View]:
    """The views of a person, by name."""
    return [View(*row) for row in connection.execute(query("read_views"), {"account": account})]


def keep_view(connection: Connection[Any], account: int, wanted: Wanted, at: datetime) -> None:
    """Keep a view, in the place of that person's one of that name (whatever its case).

    Raises `TooManyError`, `NoAccountError`.
    """
    name = " ".join(wanted.name.split())
    given = {
        "account": account, "name": name, "query": kept_of(wanted.query), "first": wanted.first, "at": at, "most": MOST,
    }  # fmt: skip
    with connection.transaction():
        if connection.execute(query("lock_views"), {"account": account}).fetchone() is None:
            raise NoAccountError
        if wanted.first:
            connection.execute(query("forget_first_view"), {"account": account})
        if connection.execute(query("write_view"), given).fetchone() is None:
            raise TooManyError


def drop_view(connection: Connection[Any], account: int, number: int) -> bool:
    """Forget a view; false where that person has none of this number."""
    return connection.execute(query("delete_view"), {"account": account, "id": number}).fetchone() is not None


def kept_of(text: str) -> str:
    """What of an address is kept: the queue's own names, none of them empty."""
    return urlencode([(name, value) for name, value in parse_qsl(text) if name in FILTERS])


def views_router(reader: Reader, clock: Callable[[], datetime]) -> APIRouter:
    """`GET /ops/views`, `POST /ops/views` and `DELETE /ops/views/<id>`: each answers `{"views": [...]}` as it is then.

    All are for whoever may see cases, about their own views: 404 for one of somebody else, 409 for one too many.
    """
    router = APIRouter(prefix="/ops/views", include_in_schema=False)
    sees_cases = needs("cases")

    async def ask(question: Callable[[Connection[Any]], T]) -> T:
        try:
            return await asyncio.to_thread(reader.read, question)
        except UnkeptError as refusal:
            raise HTTPException(refusal.status, refusal.reason) from None
        except Error as error:
            log.warning("views_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from None

    async def told(person: Person) -> JSONResponse:
        views = await ask(lambda connection: read_views(connection, person.id))
        return JSONResponse({"views": [view.told() for view in views]}, headers=_FRESH)

    @router.get("")
    async def listed(person: Annotated[Person, Depends(sees_cases)]) -> JSONResponse:
        return await told(person)

    @router.post("")
    async def keeping(request: Request, person: Annotated[Person, Depends(sees_cases)]) -> JSONResponse:
        wanted = await body_of(request, Wanted)
        if wanted.name.strip() == "":
            raise HTTPException(400, "not_understood")
        await ask(lambda connection: keep_view(connection, person.id, wanted, clock()))
        return await told(person)

    @router.delete("/{number}")
    async def dropping(request: Request, number: int, person: Annotated[Person, Depends(sees_cases)]) -> JSONResponse:
        origin_of(request)
        if not await ask(lambda connection: drop_view(connection, person.id, number)):
            raise HTTPException(404, "no_such_view")
        return await told(person)

    return router
