"""Making the rows of slots that are due: each once, however many schedulers there are and whatever their clocks do."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from psycopg import Connection

from stream.core.calendar import WorkingCalendar
from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.schedule import Schedule, Schedules
from stream.snapshot.schedule.slots import LOOK_BACK, Slot, slots_between
from stream.snapshot.store.queries import query
from stream.sources.calendar import read_calendar

_log = structlog.get_logger(__name__)


class Maker:
    """Makes slots of schedules from when they were first seen on.

    It goes on from where any scheduler left off. A calendar or a schedule that is new to it makes it look back as far
    as a slot can have been moved: what stands in the book already stays as it is.
    """

    def __init__(self, absences: Absences) -> None:
        self._absences = absences
        self._looked: dict[str, tuple[Schedule, WorkingCalendar]] = {}
        self._last: tuple[object, datetime] | None = None

    def once(self, connection: Connection[Any], schedules: Schedules, now: datetime) -> Sequence[Slot]:
        """Make what has come due until `now`; answers the slots that were new, in one transaction of its own.

        Slots come at full minutes: within one it looks once.
        """
        minute = now.replace(second=0, microsecond=0)
        if self._last == (schedules, minute):
            return []
        made = self._make(connection, schedules, now)
        self._last = (schedules, minute)
        return made

    def _make(self, connection: Connection[Any], schedules: Schedules, now: datetime) -> Sequence[Slot]:
        by_kind = {each.id: each for each in schedules}
        asked = {"kinds": list(by_kind), "now": now}
        with connection.transaction():
            connection.execute(query("schedule_begin"), asked)
            states = connection.execute(query("schedule_states"), asked).fetchall()
            calendar = read_calendar(connection)
            owed: list[tuple[Slot, str]] = []
            for kind, begun_at, made_until in states:
                schedule = by_kind[kind]
                is_new = self._looked.get(kind) != (schedule, calendar)
                # A clock that was ahead for a while leaves it far ahead: what came since is found all the same.
                after = max(begun_at, min(made_until, now) - LOOK_BACK) if is_new else made_until
                slots = slots_between(schedule, calendar, after, now)
                owed += [(slot, self._why_late(schedule, slot, made_until, now)) for slot in slots]
            made = _write(connection, owed, now)
            connection.execute(query("schedule_made"), asked)
        self._looked = {kind: (schedule, calendar) for kind, schedule in by_kind.items()}
        for slot, late in made.items():
            _log.info("snapshot.slot", kind=slot.kind, period=slot.period.name, due_at=slot.due_at, late=late or None)
        return list(made)

    def _why_late(self, schedule: Schedule, slot: Slot, made_until: datetime, now: datetime) -> str:
        """The reason of a slot that is made late; empty where it is on time.

        Where nobody was away, and the schedule is new to who makes it, it was not in force: switched off, or in a file
        with a mistake.
        """
        if now - slot.due_at <= timedelta(seconds=schedule.on_time_within):
            return ""
        if slot.due_at <= made_until:
            return "calendar_changed"
        unknown = "scheduler_away" if schedule.id in self._looked else "calendar_changed"
        return next(self._absences.between(slot.due_at, now), unknown)


def _write(connection: Connection[Any], owed: Sequence[tuple[Slot, str]], now: datetime) -> Mapping[Slot, str]:
    if not owed:
        return {}
    given = {
        "kinds": [slot.kind for slot, _ in owed], "periods": [slot.period.name for slot, _ in owed],
        "dues": [slot.due_at for slot, _ in owed], "lates": [late for _, late in owed], "now": now,
    }  # fmt: skip
    new = set(connection.execute(query("schedule_write_slots"), given).fetchall())
    return {slot: late for slot, late in owed if (slot.kind, slot.period.name) in new}
