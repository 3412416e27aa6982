"""What new rules change, for the person who is about to adopt them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from ingest.contracts.rules import CalendarAdopted, Procedure, RegisterAdopted


class HoursChange(NamedTuple):
    """Working hours of a weekday, Monday being 0, in seconds after midnight."""

    weekday: int
    before: Sequence[tuple[int, int]]
    after: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class CalendarChanges:
    """Days that become free or worked, hours and the cut-off that change."""

    free: Sequence[date]
    worked: Sequence[date]
    hours: Sequence[HoursChange]
    cut_off: tuple[int | None, int | None] | None
    """Before and after, where it changes."""

    def __bool__(self) -> bool:
        return bool(self.free or self.worked or self.hours or self.cut_off)


def calendar_changes(before: CalendarAdopted, after: CalendarAdopted) -> CalendarChanges:
    """What `after` changes; days are those that either of the two names."""
    named = sorted(named_days(before) | named_days(after))
    # A weekday whose hours change is told once, not for each of its days.
    ordinary = [bool(before.week[day]) == bool(after.week[day]) for day in range(7)]
    changed = [day for day in named if ordinary[day.weekday()] and is_worked(before, day) != is_worked(after, day)]
    hours = enumerate(zip(before.week, after.week, strict=True))
    return CalendarChanges(
        free=[day for day in changed if is_worked(before, day)],
        worked=[day for day in changed if is_worked(after, day)],
        hours=[HoursChange(weekday, old, new) for weekday, (old, new) in hours if old != new],
        cut_off=(before.cut_off, after.cut_off) if before.cut_off != after.cut_off else None,
    )


def named_days(calendar: CalendarAdopted) -> set[date]:
    """The days that a law or decision makes free, or worked."""
    return {day for each in calendar.decisions for day in (*each.days_off, *each.days_on)}


def is_worked(calendar: CalendarAdopted, day: date) -> bool:
    """Whether the day has working hours: swapped on, or an ordinary one that nothing makes free."""
    if any(day in each.days_on for each in calendar.decisions):
        return True
    free = any(day in each.days_off for each in calendar.decisions)
    return bool(calendar.week[day.weekday()]) and not free


@dataclass(frozen=True)
class RegisterChanges:
    """Codes of procedures that come, go, and change; of the last, the fields that do."""

    added: Sequence[str]
    removed: Sequence[str]
    changed: Mapping[str, Sequence[str]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def register_changes(before: RegisterAdopted | None, after: RegisterAdopted) -> RegisterChanges:
    """What `after` changes; None before the first register."""
    old = {each.code: each for each in before.procedures} if before else {}
    new = {each.code: each for each in after.procedures}
    both = ((code, _fields_that_differ(old[code], each)) for code, each in new.items() if code in old)
    return RegisterChanges(
        added=[code for code in new if code not in old],
        removed=[code for code in old if code not in new],
        changed={code: fields for code, fields in both if fields},
    )


def _fields_that_differ(old: Procedure, new: Procedure) -> Sequence[str]:
    before, after = msgspec.structs.asdict(old), msgspec.structs.asdict(new)
    return [name for name in before if before[name] != after[name]]
