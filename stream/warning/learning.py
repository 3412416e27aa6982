"""Learning the chance to miss the due date, with nothing that became known later than it is learnt."""

from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from stream.core.calendar import WorkingCalendar
from stream.core.moment import DAY_SECONDS, Moment
from stream.warning.assumptions import Assumed
from stream.warning.calibrating import SHIFTS, Calibration, calibrate, surprise
from stream.warning.columns import Steps
from stream.warning.groups import AXES, Axis, Groups, Likeness, ask, learn_groups
from stream.warning.landmarks import Landmarks, landmarks, openings
from stream.warning.worked import Bools, Floats, Worked

VERSION: Final = "1"
"""Of what is learnt and how: it rises when the same history would give other chances."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model: groups of like cases, the axis on which they tell more, and the calibration by later ones."""

    groups: Groups
    axis: Axis
    calibration: Calibration
    calibrated_since: Moment

    def chances(self, of: Landmarks) -> tuple[Floats, Likeness]:
        """The chance of each to miss its due date, and what like cases tell."""
        likeness = ask(self.groups, of, self.axis)
        return self.calibration.chances(likeness.chance, of), likeness


class NotEnough(NamedTuple):
    """There is too little history: `what` is missing, so many there are, so many it takes."""

    what: str
    have: int
    need: int


@dataclass(frozen=True, slots=True)
class History:
    """Steps of cases, and the clock. `since`: whoever was received before it is seen only if it took long."""

    steps: Steps
    since: Moment
    calendar: WorkingCalendar
    worked: Worked


def learn(history: History, until: Moment, assumed: Assumed) -> Learnt | NotEnough:
    """By what was known at `until`: groups from the earlier part, the calibration from the later.

    The calibration also finds out on which axis, and how far drawn towards the wider ones, the groups foresee best.
    """
    turn = calibrated_from(history.since, until, assumed)
    lacking = _lacking(history, until, assumed)
    if lacking is not None:
        return lacking
    known = history.steps.held_at(turn)
    ways = learn_groups(known.of(known.received >= history.since), turn, history.worked, assumed)
    observed, late = judged(history, turn, until)
    cases = len(np.unique(observed.steps.case[late]))
    if cases < assumed.fewest_late:
        return NotEnough("late", cases, assumed.fewest_late)
    if late.all():
        return NotEnough("in_time", 0, assumed.fewest_late)
    shifted = SHIFTS if cases >= assumed.shifts_from else ()
    found = []
    for groups, axis in product(ways, AXES):
        told = ask(groups, observed, axis).chance
        calibration = calibrate(told, late, observed, shifted)
        found.append((surprise(calibration.chances(told, observed), late), Learnt(groups, axis, calibration, turn)))
    return min(found, key=lambda each: each[0])[1]


def calibrated_from(since: Moment, until: Moment, assumed: Assumed) -> Moment:
    """From when on cases are not learnt from but calibrated by."""
    return until - int((until - since) * assumed.calibrated_by)


def judged(history: History, since: Moment, until: Moment) -> tuple[Landmarks, Bools]:
    """One observation a case and working day, as known then, and whether the case was late, as known at `until`.

    Only what was due by `until`, as known then: of the others those that end soon would be seen, and the rest not. What
    is overdue already is left out: there is nothing to foresee. So is the little that waits beyond `until`.
    """
    seen = landmarks(history.steps, openings(history.calendar, since, until), history.worked)
    seen = seen.of(~seen.overdue & (seen.steps.over <= until))
    known = history.steps.held_at(until)
    order = np.argsort(known.case)
    known = known.of(order)
    place = np.searchsorted(known.case, seen.steps.case)
    late = known.late_at[place] <= np.minimum(known.ended[place], until)
    settled = late | (known.ended[place] <= until)
    return seen.of(settled), late[settled]


def _lacking(history: History, until: Moment, assumed: Assumed) -> NotEnough | None:
    days = max(until - history.since, 0) // DAY_SECONDS
    if days < assumed.fewest_days:
        return NotEnough("days", days, assumed.fewest_days)
    known = history.steps.held_at(calibrated_from(history.since, until, assumed))
    ended = int(np.count_nonzero((known.settled == 1) & (known.received >= history.since)))
    return NotEnough("ended", ended, assumed.fewest_ended) if ended < assumed.fewest_ended else None
