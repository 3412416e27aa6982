"""The addresses of letters: `/ops/letter/<code>`, prepared, printed, numbered, made void, marked as sent."""

import asyncio
import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec
import structlog
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from psycopg import Connection, Error

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.data.operators import UnavailableError
from dashboard.letters.desk import Asker, Wish, prepare, set_number, the_letter, void
from dashboard.letters.docx import docx_of
from dashboard.letters.errors import LetterError
from dashboard.letters.pdf import pdf_of
from dashboard.letters.sending import send
from dashboard.letters.store import Kept
from dashboard.letters.telling import letter_json, read_state
from dashboard.ops.log import Tell

FRESH: Final = {"Cache-Control": "no-store"}
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DRAWN: Final = {"docx": (docx_of, _DOCX), "pdf": (pdf_of, "application/pdf")}
_OUTCOMES: Final = {"took": (200, True), "waits": (202, None), "overtaken": (409, False)}
T = TypeVar("T")

log = structlog.get_logger(__name__)


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letter as it is wished: the key of a usual reason or a text; what is left out is proposed."""

    reason: str | None = None
    text: str | None = None
    new_date: date | None = None
    number: str | None = None


class Numbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number that the registry gave."""

    number: str


class Voided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is not to be sent."""

    reason: str


class LetterPages:
    """Letters on a server; without `tell` none can be marked as sent."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], tell: Tell | None = None
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._tell = tell

    def mount(self, server: FastAPI) -> None:
        """Put the addresses on a server."""
        router = APIRouter(prefix="/ops/letter", include_in_schema=False)
        self._readings(router)
        self._acts(router)
        server.include_router(router)

    async def _do(self, person: Person, work: Callable[[Connection[Any], Asker], T]) -> T:
        """In a thread, on a connection of its own; raises `HTTPException` with the reason in words' key."""

        def done() -> T:
            with closing(self._connect()) as connection:
                return work(connection, Asker(person, self._clock()))

        try:
            return await asyncio.to_thread(done)
        except LetterError as error:
            raise HTTPException(error.status, error.reason) from error
        except (Error, UnavailableError) as error:
            log.warning("letter_unavailable", error=type(error).__name__)
            raise HTTPException(503, "unavailable", {"Retry-After": "5"}) from error

    def _readings(self, router: APIRouter) -> None:
        @router.get("/{code:path}.{kind}")
        async def drawn(code: str, kind: str, person: Annotated[Person, Depends(needs("cases"))]) -> Response:
            if kind not in _DRAWN:
                return await told(f"{code}.{kind}", person)
            draw, media = _DRAWN[kind]

            def made(connection: Connection[Any], asker: Asker) -> tuple[Kept, bytes]:
                letter = the_letter(connection, code, asker)
                return letter, draw(letter.letter)

            letter, body = await self._do(person, made)
            named = {"Content-Disposition": f'attachment; filename="{file_name(letter, kind)}"'}
            return Response(body, media_type=media, headers=FRESH | named)

        @router.get("/{code:path}")
        async def told(code: str, person: Annotated[Person, Depends(needs("cases"))]) -> JSONResponse:
            return _answer(await self._do(person, lambda c, asker: read_state(c, code, asker)))

    def _acts(self, router: APIRouter) -> None:
        Acting = Annotated[Person, Depends(needs("act"))]  # noqa: N806 - a type

        @router.post("/{code:path}/sent")
        async def sending(request: Request, code: str, person: Acting) -> JSONResponse:
            await body_of(request, dict)
            letter, outcome = await self._do(person, lambda c, asker: send(c, code, self._tell, asker))
            status, took = _OUTCOMES[outcome]
            log.info("letter_sent", case=code, letter=letter.id, by=person.login, outcome=outcome)
            return _answer({"took": took, "letter": letter_json(letter)}, status)

        @router.post("/{code:path}/number")
        async def numbering(request: Request, code: str, person: Acting) -> JSONResponse:
            asked = await body_of(request, Numbered)
            letter = await self._do(person, lambda c, asker: set_number(c, code, asked.number, asker))
            log.info("letter_numbered", case=code, letter=letter.id, by=person.login, number=letter.shown)
            return _answer({"letter": letter_json(letter)})

        @router.post("/{code:path}/void")
        async def voiding(request: Request, code: str, person: Acting) -> JSONResponse:
            asked = await body_of(request, Voided)
            letter = await self._do(person, lambda c, asker: void(c, code, asked.reason, asker))
            log.info("letter_void", case=code, letter=letter.id, by=person.login)
            return _answer({"letter": letter_json(letter)})

        @router.post("/{code:path}")
        async def preparing(request: Request, code: str, person: Acting) -> JSONResponse:
            asked = await body_of(request, Asked)
            wish = Wish(asked.reason, asked.text, asked.new_date, asked.number)
            letter = await self._do(person, lambda c, asker: prepare(c, code, wish, asker))
            log.info("letter_prepared", case=code, letter=letter.id, by=person.login, number=letter.shown)
            return _answer({"letter": letter_json(letter)}, 201)


def file_name(letter: Kept, kind: str) -> str:
    """`PXL-01_2026_H52.17.18-260105-0001.pdf`: letters of the plain alphabet, for every system."""
    number = re.sub(r"[^0-9A-Za-z]+", "-", letter.shown).strip("-")
    case = re.sub(r"[^0-9A-Za-z.\-]+", "-", letter.case)
    return f"PXL_{number}_{letter.year}_{case}.{kind}"


def _answer(told: object, status: int = 200) -> JSONResponse:
    return JSONResponse(msgspec.to_builtins(told, str_keys=True), status, FRESH)
