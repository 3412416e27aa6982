"""Observations: an open case at a moment, with what was known of it then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from stream.core.calendar import WorkingCalendar
from stream.core.moment import Day, Moment, date_of, day_of, start_of
from stream.warning.columns import Steps
from stream.warning.worked import NEVER, Bools, Floats, Ints, Worked

MARGIN = timedelta(days=3_660)
"""The calendar is read this long before and after the times in question: due dates can be mistyped by years."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Open cases at moments: time in working seconds, pauses left out.

    `waited` since receipt; `remaining` to the end of the due day, 0 where that is over; `load` is how many cases were
    open in its unit at that moment. Only what has a due date is here.
    """

    steps: Steps
    at: Ints
    waited: Ints
    remaining: Ints
    overdue: Bools
    load: Floats

    def __len__(self) -> int:
        return len(self.at)

    def of(self, rows: Ints | Bools) -> "Landmarks":
        """These rows, by place or by mask."""
        return Landmarks(
            self.steps.of(rows), self.at[rows], self.waited[rows], self.remaining[rows], self.overdue[rows],
            self.load[rows],
        )  # fmt: skip


def landmarks(steps: Steps, moments: Iterable[Moment], worked: Worked) -> Landmarks:
    """Every case with a due date that was open at each of the moments, as known then."""
    places: list[Ints] = []
    ats: list[Ints] = []
    loads: list[Floats] = []
    for moment in moments:
        is_open = (steps.at <= moment) & (moment < steps.to) & (steps.received <= moment) & (moment < steps.ended)
        place = np.flatnonzero(is_open)
        _, which, counted = np.unique(steps.unit[place], return_inverse=True, return_counts=True)
        places.append(place)
        ats.append(np.full(len(place), moment, dtype=np.int64))
        loads.append(counted[which].astype(np.float64))
    if not places:
        return landmarks(steps.of(np.zeros(len(steps), dtype=np.bool_)), [0], worked)
    place, at = np.concatenate(places), np.concatenate(ats)
    load: Floats = np.concatenate(loads)
    dated = steps.over[place] < NEVER
    return _timed(steps.of(place[dated]), at[dated], load[dated], worked)


def _timed(steps: Steps, at: Ints, load: Floats, worked: Worked) -> Landmarks:
    """While the clock stands, both times stand."""
    now = worked.until(np.minimum(at, steps.paused_since))
    waited = np.maximum(now - worked.until(steps.received) - steps.paused, 0)
    overdue = steps.late_at <= at
    remaining = np.where(overdue, 0, np.maximum(worked.until(steps.over) - now, 0))
    return Landmarks(steps, at, waited, remaining, overdue, load)


def openings(calendar: WorkingCalendar, since: Moment, until: Moment) -> list[Moment]:
    """When work began on each working day from `since` up to but not including `until`."""
    found = (opening(calendar, day) for day in range(day_of(since), day_of(until) + 1))
    return [each for each in found if each is not None and since <= each < until]


def opening(calendar: WorkingCalendar, day: Day) -> Moment | None:
    """When work begins on a day; None where it does not."""
    hours = calendar.hours_of(date_of(day))
    return start_of(day) + hours[0][0] if hours else None


def worked_between(calendar: WorkingCalendar, since: Moment, until: Moment) -> Worked:
    """The clock of everything that may lie about these times."""
    first, last = date_of(day_of(since)) - MARGIN, date_of(day_of(until)) + MARGIN
    return Worked(calendar, max(first, calendar.first), min(last, calendar.last))
