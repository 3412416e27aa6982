"""The chances of open applications with what their sentences say."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from stream.core.calendar import WorkingCalendar
from stream.warning.assumptions import Assumed
from stream.warning.groups import LEVELS, by_share
from stream.warning.landmarks import Landmarks
from stream.warning.learning import Learnt
from stream.warning.store import Scored
from stream.warning.worked import Ints


def score(learnt: Learnt, of: Landmarks, calendar: WorkingCalendar, assumed: Assumed) -> Iterator[Scored]:
    """A row for each case; a chance is rounded to four places."""
    chances, likeness = learnt.chances(of)
    level = _narrowest([likeness.like[each] for each in LEVELS], assumed.fewest_told)
    rows = np.arange(len(of))
    like = np.stack([likeness.like[each] for each in LEVELS])[level, rows]
    longer = np.stack([likeness.longer[each] for each in LEVELS])[level, rows]
    usual = learnt.calibration.usual_of(of)
    used = np.round(of.waited / np.maximum(of.waited + of.remaining, 1), 3)
    table = zip(
        of.steps.case.tolist(), np.round(chances, 4).tolist(), level.tolist(), like.tolist(), longer.tolist(),
        of.waited.tolist(), of.remaining.tolist(), used.tolist(), of.load.astype(int).tolist(), usual.tolist(),
        of.overdue.tolist(), strict=True,
    )  # fmt: skip
    for case, chance, place, like_it, longer_it, waited, remaining, share, load, commonly, overdue in table:
        facts: dict[str, Any] = {"chance": chance, "waited": waited, "day": calendar.working_day}
        if overdue:
            yield Scored(case, 1.0, facts | {"level": "overdue"})
            continue
        facts |= {"level": LEVELS[place], "like": like_it, "longer": longer_it, "remaining": remaining, "load": load}
        facts["usual"] = None if commonly != commonly else round(commonly)  # noqa: PLR0124 - nan: no usual load is known
        if by_share(LEVELS[place], likeness.axis):
            facts["used"] = share
        yield Scored(case, chance, facts)


def _narrowest(like: Sequence[Ints], fewest: int) -> Ints:
    """The last level with so many like cases, else the first."""
    level = np.zeros(len(like[0]), dtype=np.int64)
    for number, found in enumerate(like):
        level[found >= fewest] = number
    return level
