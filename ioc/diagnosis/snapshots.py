"""Snapshots: does a scheduler live, is the file of schedules right, and which slots are late."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg

from ioc.delivering.opening import channels_of
from ioc.diagnosis.finding import Finding
from ioc.sentence import sentence
from ioc.settings import Settings
from ioc.snapshots.configuring import schedules_in
from ioc.wiring import connect
from stream.snapshot.schedule.errors import ScheduleError
from stream.snapshot.schedule.heartbeat import last_seen
from stream.snapshot.schedule.listing import PATIENCE, Waiting, read_waiting
from stream.snapshot.schedule.schedule import Schedules

AWAY: Final = timedelta(minutes=1)
_WORK: Final = "ioc snapshot work"


def look_at_snapshots(settings: Settings, now: datetime | None = None) -> Iterator[Finding]:
    """Findings about the schedules, the scheduler and the slots that have come."""
    held = None
    try:
        held = schedules_in(settings.home)
    except ScheduleError as error:
        yield Finding("schedules", "broken", str(error), "correct the file: ioc snapshot check")
    else:
        yield _schedules(held, settings)
    now = now or datetime.now(UTC)
    try:
        with closing(connect(settings)) as connection:
            seen, waiting = last_seen(connection), read_waiting(connection, now)
    except psycopg.Error as error:
        yield Finding("snapshots", "broken", sentence(error), "look at the database")
        return
    yield _scheduler(seen, now)
    late = [each for each in waiting if now - each.due_at > PATIENCE]
    yield _slots([each for each in late if held is None or each.kind in held.schedules])
    if held is not None and (unnamed := [each for each in late if each.kind not in held.schedules]):
        yield _unnamed(unnamed)


def _schedules(held: Schedules, settings: Settings) -> Finding:
    _, wrong = channels_of(held.receivers, settings.home, os.environ)
    if wrong:
        return Finding("schedules", "broken", "; ".join(wrong.values()), "correct the file: ioc snapshot check")
    return Finding("schedules", "ok", f"{len(held)} schedules, to {', '.join(held.receivers)}")


def _scheduler(seen: datetime | None, now: datetime) -> Finding:
    if seen is None:
        return Finding("scheduler", "absent", "no scheduler ever ran", _WORK)
    facts = {"seen_at": seen.isoformat()}
    ago = now - seen
    if ago > AWAY:
        minutes = round(ago.total_seconds() / 60)
        return Finding("scheduler", "broken", f"last heard of {minutes} minutes ago", _WORK, facts)
    return Finding("scheduler", "ok", f"heard of {max(0, round(ago.total_seconds()))} s ago", facts=facts)


def _unnamed(slots: Sequence[Waiting]) -> Finding:
    """Nobody makes them: their schedule was taken out of the file. They hold up nothing."""
    kinds = ", ".join(sorted({each.kind for each in slots}))
    what = f"{len(slots)} waiting for a schedule that is named no more: {kinds}"
    return Finding("snapshots of no schedule", "absent", what, "nothing, or name the schedule again")


def _slots(late: Sequence[Waiting]) -> Finding:
    facts = {"late": [each._asdict() | {"due_at": each.due_at.isoformat()} for each in late]}
    if not late:
        return Finding("snapshots", "ok", "none is late", facts=facts)
    first = late[0]
    why = first.error or ", ".join(first.late) or "no reason is known yet"
    what = f"{len(late)} late, the first: {first.kind} {first.period} v{first.version}, {first.state}: {why}"
    held = all(each.state == "held" for each in late)
    return Finding("snapshots", "ok" if held else "broken", what, "ioc snapshot list --late", facts)
