"""What the pages know of schedules and receivers: which there are, what is to come, and who gets a snapshot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from stream.core.calendar import WorkingCalendar
from stream.snapshot.schedule.schedule import Schedule, Schedules
from stream.snapshot.schedule.slots import slots_between

_AHEAD: Final = (timedelta(days=7), timedelta(days=460))
"""The next slot is looked for so far ahead: in a week first, as for the daily one, then in a year and its holidays."""


class Plans:
    """The schedules of this centre, asked for again each time, since somebody may have written them anew."""

    def __init__(self, schedules: Callable[[], Schedules], problem: Callable[[], str | None]) -> None:
        self._schedules = schedules
        self.problem = problem
        """What is wrong with the centre's own file, if anything: then those of before hold."""

    def schedule(self, kind: str) -> Schedule | None:
        """The schedule of that id; None where there is none."""
        return self._schedules().schedules.get(kind)

    def told(self) -> list[dict[str, Any]]:
        """Every schedule for a page's script: kind, title, kind of period, and its receivers (id, title, channel)."""
        return [
            {
                "kind": each.id,
                "title": msgspec.to_builtins(each.title),
                "period": each.period,
                "receivers": self.receivers(each),
            }
            for each in self._schedules()
        ]

    def receivers(self, schedule: Schedule) -> list[dict[str, Any]]:
        """Who gets the snapshots of a schedule."""
        known = self._schedules().receivers
        return [
            {"id": name, "title": msgspec.to_builtins(known[name].title), "channel": known[name].channel}
            for name in schedule.receivers
            if name in known
        ]

    def coming(self, calendar: WorkingCalendar, now: datetime) -> list[dict[str, Any]]:
        """The next slot of each schedule, the soonest first."""
        found = [slot for each in self._schedules() if (slot := _next(each, calendar, now)) is not None]
        return sorted(found, key=lambda slot: (slot["due_at"], slot["kind"]))


def _next(schedule: Schedule, calendar: WorkingCalendar, now: datetime) -> dict[str, Any] | None:
    for ahead in _AHEAD:
        slots = slots_between(schedule, calendar, now, now + ahead)
        if slots:
            return {"kind": slots[0].kind, "period": slots[0].period.name, "due_at": slots[0].due_at}
    return None
