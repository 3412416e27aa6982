"""When the snapshots of a schedule are due. Pure: the working calendar is an argument."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from stream.core.calendar import WorkingCalendar
from stream.core.moment import date_of, datetime_of, day_number, day_of, moment_of, start_of
from stream.kpi.period import Period
from stream.snapshot.schedule.periods import periods_ending
from stream.snapshot.schedule.schedule import EachDay, Schedule

MOST_ROLLED: Final = 31
"""Days that a slot is moved at most: where no day is worked for so long, it is due on the last of them."""
LOOK_BACK: Final = timedelta(days=MOST_ROLLED + 1)
"""How far behind what was looked at already another calendar can have put a slot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A snapshot of a period that is due at a moment (UTC)."""

    kind: str
    period: Period
    due_at: datetime


def slots_between(schedule: Schedule, calendar: WorkingCalendar, after: datetime, until: datetime) -> list[Slot]:
    """Its slots that are due after one aware moment and not after another, in order."""
    reach = MOST_ROLLED + 1 + (0 if isinstance(schedule.days, EachDay) else schedule.days.number)
    first, last = _day_of(after) - timedelta(days=reach), _day_of(until)
    found = []
    for period in periods_ending(schedule, first, last):
        due_at = due_of(schedule, calendar, period)
        if due_at is not None and after < due_at <= until:
            found.append(Slot(schedule.id, period, due_at))
    return sorted(found, key=lambda slot: (slot.due_at, slot.period.first, slot.period.last))


def due_of(schedule: Schedule, calendar: WorkingCalendar, period: Period) -> datetime | None:
    """When the snapshot of a period is due (UTC); None for a day on which none is."""
    if isinstance(schedule.days, EachDay):
        if schedule.days.working and not calendar.is_working_day(period.last):
            return None
        return _moment(period.last, schedule.at)
    day = period.last + timedelta(days=schedule.days.number)
    return _moment(_rolled(day, calendar) if schedule.days.rolls else day, schedule.at)


def _rolled(day: date, calendar: WorkingCalendar) -> date:
    for _ in range(MOST_ROLLED):
        if calendar.is_working_day(day):
            return day
        day += timedelta(days=1)
    return day


def _moment(day: date, at: int) -> datetime:
    return datetime_of(start_of(day_number(day)) + at)


def _day_of(when: datetime) -> date:
    return date_of(day_of(moment_of(when)))
