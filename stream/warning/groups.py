"""Like cases: the groups an application is compared with, from the widest to the narrowest, and what they tell.

Two kinds of time: where procedures with different terms are together, the share of the term that is used up; else
working time. Each group's chance is drawn towards that of the wider one, the more the fewer cases it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from stream.warning.assumptions import Assumed
from stream.warning.columns import Steps
from stream.warning.curves import SPAN, Curves, estimate
from stream.warning.landmarks import Landmarks
from stream.warning.worked import NEVER, Floats, Ints, Worked

Level: TypeAlias = Literal["all", "field", "procedure", "procedure_in_unit"]
LEVELS: Final[tuple[Level, ...]] = ("all", "field", "procedure", "procedure_in_unit")
BY_SHARE: Final = frozenset({"all", "field"})
TERM: Final = 1_000_000
"""A whole term on the axis of shares."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What was learnt of the groups; `prior` is the share of all cases that were late."""

    curves: Mapping[Level, Curves]
    prior: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the groups tell of cases: the chance, and at each level how many like ones, and how many took longer."""

    chance: Floats
    like: Mapping[Level, Ints]
    longer: Mapping[Level, Ints]


def learn_groups(known: Steps, until: int, worked: Worked, assumed: Assumed) -> Groups:
    """From one step a case, as known at `until`; whoever was still open then is known to take longer."""
    ended = np.minimum(known.ended, until)
    begun, stopped = worked.until(known.received), worked.until(np.minimum(ended, known.paused_since))
    times = np.maximum(stopped - begun - known.paused, 0)
    seen = (known.settled == 1) & (known.ended <= until)
    term = np.maximum(worked.until(known.over) - begun - known.paused, 0)
    late = known.late_at <= ended
    share = np.where(late, np.maximum(_share(times, term), TERM + 1), _share(times, term))
    dated = (known.over < NEVER) & (term > 0)
    fewest = assumed.fewest_told
    curves = {
        level: estimate(_keys(level, known)[dated], share[dated], seen[dated], fewest)
        if level in BY_SHARE
        else estimate(_keys(level, known), times, seen, fewest)
        for level in LEVELS
    }
    return Groups(curves, float(late.mean()) if len(late) else 0.0)


def ask(groups: Groups, of: Landmarks, assumed: Assumed) -> Likeness:
    """What like cases tell of the chance that these take longer than what remains.

    More remaining time never raises a chance: neither a share nor a weight does.
    """
    chance = np.full(len(of), groups.prior)
    like: dict[Level, Ints] = {}
    longer: dict[Level, Ints] = {}
    for level in LEVELS:
        curves = groups.curves[level]
        group = curves.group(_keys(level, of.steps))
        if level in BY_SHARE:
            waited = np.minimum(_share(of.waited, of.waited + of.remaining), TERM)
            whole = np.full(len(of), TERM)
            told = _told_by_share(curves, group, waited, assumed.fewest_told)
            weighed = np.where(group < 0, 0, curves.sizes[group] if len(curves.sizes) else 0)
        else:
            waited, whole = of.waited, of.waited + of.remaining
            told = _ratio(curves, group, waited, whole)
            weighed = curves.longer(group, waited)
        like[level] = curves.longer(group, waited)
        longer[level] = np.minimum(curves.longer(group, whole), like[level])
        chance = (weighed * told + assumed.shrink_by * chance) / (weighed + assumed.shrink_by)
    return Likeness(chance, like, longer)


def _told_by_share(curves: Curves, group: Ints, waited: Ints, fewest: int) -> Floats:
    """Asked no further on than where some like ones are left: from there on it stays as it is."""
    if len(curves.keys) == 0:
        return np.zeros(len(group))
    furthest = curves.lived[curves.ends - fewest] - np.arange(len(curves.ends)) * SPAN - 1
    return _ratio(curves, group, np.minimum(waited, furthest[group]), np.full(len(group), TERM))


def _ratio(curves: Curves, group: Ints, waited: Ints, whole: Ints) -> Floats:
    """Of those who took longer than `waited`, the share that takes longer than `whole`; 0 where nobody did."""
    left = curves.share(group, waited)
    return np.divide(curves.share(group, whole), left, out=np.zeros(len(group)), where=left > 0)


def _share(times: Ints, term: Ints) -> Ints:
    return np.where(term > 0, times * TERM // np.maximum(term, 1), TERM)


def _keys(level: Level, steps: Steps) -> Ints:
    match level:
        case "all":
            return np.zeros(len(steps), dtype=np.int64)
        case "field":
            return steps.field
        case "procedure":
            return steps.procedure
        case "procedure_in_unit":
            return steps.procedure * (1 << 20) + steps.unit
