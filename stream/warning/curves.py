"""Survival: how many of like applications were still open after so much working time.

Kaplan-Meier estimates by scikit-survival, one for each group, and all of them asked at once for many cases.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from sksurv.nonparametric import kaplan_meier_estimator

from stream.warning.worked import Bools, Floats, Ints

SPAN: Final = 1 << 34
"""More than any time on the axis: group and time make one number, so that all groups are searched as one."""


@dataclass(frozen=True, slots=True)
class Curves:
    """The estimates of the groups of one kind; `keys` are their names in order."""

    keys: Ints
    lived: Ints
    ends: Ints
    steps: Ints
    survival: Floats

    def group(self, keys: Ints) -> Ints:
        """The number of each group, -1 where none has that name."""
        if len(self.keys) == 0:
            return np.full(len(keys), -1)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)

    def longer(self, group: Ints, times: Ints) -> Ints:
        """How many cases of the group took longer; 0 in no group."""
        if len(self.keys) == 0:
            return np.zeros(len(group), dtype=np.int64)
        before = np.searchsorted(self.lived, group * SPAN + np.minimum(times, SPAN - 1), side="right")
        return np.where(group < 0, 0, self.ends[group] - before)

    def share(self, group: Ints, times: Ints) -> Floats:
        """The estimated share that takes longer: 1 before the first end."""
        if len(self.steps) == 0:
            return np.ones(len(group))
        place = np.searchsorted(self.steps, group * SPAN + np.minimum(times, SPAN - 1), side="right") - 1
        own = (place >= 0) & (self.steps[place] // SPAN == group)
        return np.where(own, self.survival[place], 1.0)


def estimate(keys: Ints, times: Ints, ended: Bools, fewest: int) -> Curves:
    """The curves of all groups of at least so many cases.

    `ended`: whether its end was seen; else it took longer than its time (it was still open, or was withdrawn).
    """
    order = np.lexsort((times, keys))
    keys, times, ended = keys[order], times[order], ended[order]
    names, starts, sizes = np.unique(keys, return_index=True, return_counts=True)
    kept = np.flatnonzero(sizes >= fewest)
    lived, steps, survival = [], [], []
    for number, place in enumerate(kept):
        rows = slice(starts[place], starts[place] + sizes[place])
        moments, shares = kaplan_meier_estimator(ended[rows], times[rows]) if ended[rows].any() else ([], [])
        lived.append(number * SPAN + times[rows])
        steps.append(number * SPAN + np.asarray(moments, dtype=np.int64))
        survival.append(np.asarray(shares, dtype=np.float64))
    return Curves(
        names[kept], _joined(lived), np.cumsum(sizes[kept]), _joined(steps),
        np.concatenate(survival) if survival else np.empty(0),
    )  # fmt: skip


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
