"""Acting on a case: what a person wants becomes an event, and they are told what became of it."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import uuid4

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from psycopg import Connection, Error

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.data.operators import UnavailableError
from dashboard.data.reader import Reader
from dashboard.ops.colleagues import read_colleagues, sees
from dashboard.ops.log import Tell
from stream.core.handling import Handling, HandlingRecord
from stream.handling.acting import Subject, Wanted, act_of, event_of, identity_of_act
from stream.handling.errors import ActError
from stream.handling.reading import check_tie, read_outcome, read_subject
from stream.handling.times import Line, Times
from stream.handling.told import handling_json, rival_json
from stream.sources.calendar import read_calendar

_WAIT: Final = 3.0
"""Seconds until the answer is that the act lies in the log and nobody knows yet what became of it."""
_LOOK_EVERY: Final = 0.03
_AT_ONCE: Final = 16
"""Acts that wait for the worker: in threads of their own, since `asyncio.to_thread` has as few as six for all pages."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An act as it goes into the log."""

    case: str
    key: str
    body: bytes
    identity: int


class Acts:
    """`POST /ops/act` and `GET /ops/people`. Without `tell` nothing can be done: 503."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], tell: Tell | None, line: Line
    ) -> None:
        self._reader = Reader(connect)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="acts")
        self._clock = clock
        self._tell = tell
        self._line = line

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix="/ops", include_in_schema=False)

        @router.post("/act")
        async def act(request: Request, person: Annotated[Person, Depends(needs("act"))]) -> JSONResponse:
            wanted = await body_of(request, Wanted, limit=16_384)
            return _answer(*await asyncio.get_running_loop().run_in_executor(self._threads, self._done, wanted, person))

        @router.get("/people")
        async def people(case: str, person: Annotated[Person, Depends(needs("act"))]) -> JSONResponse:
            found = await asyncio.to_thread(self._colleagues, case, person)
            return _answer(200, {"people": found, "me": person.login})

        return router

    def close(self) -> None:
        """Close the connection."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._reader.close()

    def _done(self, wanted: Wanted, person: Person) -> tuple[int, dict[str, object]]:
        tell = self._tell
        if tell is None:
            raise HTTPException(503, "no_log")
        try:
            sent = self._reader.read(lambda connection: self._prepared(connection, wanted, person))
            tell(sent.key, sent.body)
        except ActError as error:
            raise HTTPException(422, error.reason) from None
        except (Error, UnavailableError):
            raise HTTPException(503, "unavailable", {"Retry-After": "2"}) from None
        return _told(self._outcome(sent))

    def _prepared(self, connection: Connection[Any], wanted: Wanted, person: Person) -> Sent:
        """Raises `ActError`, and `HTTPException` (404) for a case that is not there or not the person's to see."""
        now = self._clock()
        subject = self._subject(connection, wanted.case, person)
        if wanted.to is not None and wanted.to not in _logins(connection, subject, now):
            raise ActError("no_such_person")
        if wanted.act == "tie":
            self._check_tie(connection, subject, wanted.other or "", person)
        # Nobody has seen what is not there yet: who says so would be overtaken by nobody.
        wanted = msgspec.structs.replace(wanted, seen=min(wanted.seen, subject.handling.version))
        act = act_of(wanted, subject, person.login, now, Times(read_calendar(connection), self._line))
        number = str(uuid4())
        return Sent(wanted.case, *event_of(act, now, number), identity_of_act(number))

    def _outcome(self, sent: Sent) -> tuple[HandlingRecord | None, Handling] | None:
        end = time.monotonic() + _WAIT
        while time.monotonic() < end:
            try:
                outcome = self._reader.read(lambda connection: read_outcome(connection, sent.case, sent.identity))
            except Error:  # it lies in the log: what becomes of it, the page hears from the stream
                return None
            if outcome is not None:
                return outcome
            time.sleep(_LOOK_EVERY)
        return None

    def _subject(self, connection: Connection[Any], case: str, person: Person) -> Subject:
        subject = read_subject(connection, case)
        if subject is None or not sees(person.scope, subject.unit, self._clock()):
            raise HTTPException(404, "no_such_case")
        return subject

    def _check_tie(self, connection: Connection[Any], subject: Subject, other: str, person: Person) -> None:
        """Raises `ActError`. What is no case, and what is another unit's, are told apart by nobody who sees neither."""
        if other not in subject.handling.ties:
            found = read_subject(connection, other)
            if found is not None and not sees(person.scope, found.unit, self._clock()):
                raise ActError("no_such_other")
        check_tie(connection, subject.code, other)

    def _colleagues(self, case: str, person: Person) -> list[dict[str, str]]:
        def read(connection: Connection[Any]) -> list[dict[str, str]]:
            unit = self._subject(connection, case, person).unit
            found = read_colleagues(connection, unit, self._clock())
            return [{"login": each.login, "name": each.name, "role": each.role} for each in found]

        try:
            return self._reader.read(read)
        except Error:
            raise HTTPException(503, "unavailable", {"Retry-After": "2"}) from None


def _logins(connection: Connection[Any], subject: Subject, now: datetime) -> frozenset[str]:
    return frozenset(each.login for each in read_colleagues(connection, subject.unit, now))


def _told(outcome: tuple[HandlingRecord | None, Handling] | None) -> tuple[int, dict[str, object]]:
    if outcome is None:
        return 202, {"took": None}
    rival, handling = outcome
    if rival is None:
        return 200, {"took": True, "handling": handling_json(handling)}
    return 409, {"took": False, "overtaken_by": rival_json(rival), "handling": handling_json(handling)}


def _answer(status: int, told: dict[str, object]) -> JSONResponse:
    return JSONResponse(told, status, headers={"Cache-Control": "no-store"})
