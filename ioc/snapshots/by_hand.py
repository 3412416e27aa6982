"""Snapshots by hand: asked of the schedulers and waited for, or computed here as a dry run."""

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from ioc.errors import IocError
from ioc.settings import Settings
from ioc.wiring import connect
from stream.core.moment import date_of, day_of, moment_of
from stream.snapshot.schedule.asking import Asked, SlotNow, ask_run, read_slot
from stream.snapshot.schedule.heartbeat import last_seen
from stream.snapshot.schedule.periods import period_before
from stream.snapshot.schedule.schedule import Schedule
from stream.snapshot.schedule.slots import slots_between
from stream.sources.calendar import read_calendar

_LOOK_EVERY: Final = 0.3
_AWAY: Final = timedelta(minutes=1)
_FAR: Final = timedelta(days=800)


class NotMadeError(IocError):
    """The snapshot that was asked for was not made while somebody waited."""


@dataclass(frozen=True)
class ByHand:
    """What is asked for, and who asks; period None: the newest that can be had."""

    schedule: Schedule
    period: str | None
    by: str


def run_now(settings: Settings, asked: ByHand, wait: float) -> dict[str, Any]:
    """Ask for it and wait until it is sealed. Raises `NotMadeError`, `NotDueError`, `PeriodError`."""
    with closing(connect(settings)) as connection:
        now = datetime.now(UTC)
        period = asked.period or _newest(connection, asked.schedule, now)
        slot = ask_run(connection, asked.schedule, period, asked.by, now)
        found = _wait(connection, slot, wait)
    return {
        "kind": slot.kind, "period": slot.period, "version": slot.version, "due_at": slot.due_at, "state": found.state,
        "number": found.number, "digest": found.digest, "partial": found.is_partial, "late": list(found.late),
        "sealed_at": found.sealed_at,
    }  # fmt: skip


def dry_run(settings: Settings, asked: ByHand, out: Path) -> dict[str, Any]:
    """Compute and render it here, and write the files. Raises `PeriodError`, and as `compose` does."""
    from stream.snapshot.render.rendering import render
    from stream.snapshot.schedule.drafting import draft_of

    now = datetime.now(UTC)
    period = asked.period or period_before(asked.schedule, date_of(day_of(moment_of(now)))).name
    with closing(connect(settings)) as reader:
        drawn = render(draft_of(reader, asked.schedule, period, now))
    out.mkdir(parents=True, exist_ok=True)
    for name, body in drawn.items():
        (out / name).write_bytes(body)
    files = [str(out / name) for name in drawn]
    return {"kind": asked.schedule.id, "period": period, "known_at": now, "draft": True, "files": files}


def _newest(connection: Connection[Any], schedule: Schedule, now: datetime) -> str:
    slots = slots_between(schedule, read_calendar(connection), now - _FAR, now)
    if not slots:
        raise NotMadeError(f"no slot of {schedule.id} has come yet: give --period")
    return slots[-1].period.name


def _wait(connection: Connection[Any], slot: Asked, wait: float) -> SlotNow:
    deadline = time.monotonic() + wait
    first: SlotNow | None = None
    while True:
        found = read_slot(connection, slot.key)
        if found is None:
            raise NotMadeError(f"{_name(slot)} is not asked for any more")
        first = first or found
        if found.state == "sealed":
            return found
        if found.error is not None and found.attempts > first.attempts:
            raise NotMadeError(f"{_name(slot)} could not be made, and is tried again: {found.error}")
        if time.monotonic() >= deadline:
            raise NotMadeError(f"{_name(slot)} is asked for, and not made yet: {_why(connection, found)}")
        time.sleep(_LOOK_EVERY)


def _why(connection: Connection[Any], found: SlotNow) -> str:
    seen = last_seen(connection)
    if seen is None or datetime.now(UTC) - seen > _AWAY:
        return "no scheduler runs: start `ioc snapshot work`"
    if found.error is not None:
        return found.error
    return ", ".join(found.late) or "the scheduler is busy"


def _name(slot: Asked) -> str:
    return f"{slot.kind} {slot.period} version {slot.version}"
