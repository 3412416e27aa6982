"""What is asked for by hand: a snapshot, a dry run of one, and sending once more what was given up."""

from typing import Any, NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from psycopg import Connection

from dashboard.access.bodies import body_of
from dashboard.access.people import Person
from dashboard.accounts.audit import record
from dashboard.archive.answering import Answering, Running, as_json
from dashboard.archive.asked import AskedDelivery, AskedRun, Kind, Period
from dashboard.archive.queries import query
from stream.kpi.period import Period as Stretch
from stream.kpi.period import PeriodError
from stream.snapshot.schedule.asking import ask_draft, ask_run, slot_of
from stream.snapshot.schedule.errors import NotDueError
from stream.snapshot.schedule.periods import period_named
from stream.snapshot.schedule.schedule import Schedule
from stream.snapshot.sending.outbox import ask_again
from stream.snapshot.sending.rows import Asked


class _Version(NamedTuple):
    """The version that a run would make, and whether it waits already and would only be made at once."""

    number: int
    is_waiting: bool


def acting_router(answering: Answering) -> APIRouter:
    """`GET /archive/run/{kind}/{period}` says what a run would do, `POST /archive/run` and `/archive/deliver` do it."""
    router = APIRouter(prefix="/archive", include_in_schema=False)
    clock = answering.clock

    @router.get("/run/{kind}/{period}")
    async def foreseen(kind: Kind, period: Period, _: Running) -> Response:
        schedule = _schedule(answering, kind)

        def read(connection: Connection[Any]) -> tuple[bool, _Version]:
            named = _named(schedule, period)
            return slot_of(connection, schedule, named) <= clock(), _version(connection, kind, period)

        is_due, version = await answering.do(read)
        return as_json(
            {
                "version": version.number,
                "waiting": version.is_waiting,
                "due": is_due,
                "receivers": answering.plans.receivers(schedule),
            }
        )

    @router.post("/run")
    async def run(request: Request, person: Running) -> Response:
        asked = await body_of(request, AskedRun)
        schedule = _schedule(answering, asked.kind)

        def write(connection: Connection[Any]) -> dict[str, int]:
            with connection.transaction():  # none without its line in the record
                if asked.dry:
                    return {"draft": _draft(connection, schedule, asked, person, answering)}
                return {"version": _ask(connection, schedule, asked, person, answering)}

        return as_json(await answering.do(write))

    @router.post("/deliver")
    async def deliver(request: Request, person: Running) -> Response:
        asked, now = await body_of(request, AskedDelivery), clock()
        which = Asked(asked.receiver, asked.kind, asked.period, asked.version)

        def write(connection: Connection[Any]) -> dict[str, str]:
            with connection.transaction():
                if ask_again(connection, which, now) == 0:
                    raise HTTPException(409, "not_given_up")
                record(connection, person, "archive.sent_again", which._asdict(), now)
            return {"receiver": asked.receiver}

        return as_json(await answering.do(write))

    return router


def _schedule(answering: Answering, kind: str) -> Schedule:
    found = answering.plans.schedule(kind)
    if found is None:
        raise HTTPException(422, "kind_unknown")
    return found


def _named(schedule: Schedule, name: str) -> Stretch:
    try:
        return period_named(schedule, name)
    except PeriodError:
        raise HTTPException(422, "period_unknown") from None


def _version(connection: Connection[Any], kind: str, period: str) -> _Version:
    newest = connection.execute(query("read_newest"), {"kind": kind, "period": period}).fetchone()
    if newest is None:
        return _Version(1, is_waiting=False)
    number, is_sealed = newest
    return _Version(number + 1, is_waiting=False) if is_sealed else _Version(number, is_waiting=True)


def _draft(
    connection: Connection[Any], schedule: Schedule, asked: AskedRun, person: Person, answering: Answering
) -> int:  # fmt: skip
    now = answering.clock()
    try:
        number = ask_draft(connection, schedule, asked.period, person.login, now)
    except PeriodError:
        raise HTTPException(422, "period_unknown") from None
    record(connection, person, "archive.draft_asked", {"kind": asked.kind, "period": asked.period}, now)
    return number


def _ask(
    connection: Connection[Any], schedule: Schedule, asked: AskedRun, person: Person, answering: Answering
) -> int:  # fmt: skip
    """Writes the slot, for the version that was confirmed only; raises `HTTPException` (409, 422)."""
    now = answering.clock()
    try:
        made = ask_run(connection, schedule, asked.period, person.login, now)
    except PeriodError:
        raise HTTPException(422, "period_unknown") from None
    except NotDueError:
        raise HTTPException(422, "period_not_over") from None
    if asked.version != made.version:
        raise HTTPException(409, "another_version")
    facts = {"kind": asked.kind, "period": asked.period, "version": made.version, "outcome": made.outcome}
    record(connection, person, "archive.run_asked", facts, now)
    return made.version
