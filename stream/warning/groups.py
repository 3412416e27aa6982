"""Like cases: the groups an application is compared with, from the widest to the narrowest, and what they tell.

Two axes of time. On that of shares a case stands where it is in its term: half of it used up. On that of time it stands
where its working time is. Procedures of different terms can be compared by shares only; which axis tells more of a
single procedure is found out (`stream.warning.learning`). The chance of a group is drawn towards that of the wider one,
as if so many more cases had been seen there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from stream.warning.assumptions import Assumed
from stream.warning.columns import Steps
from stream.warning.curves import Curves, estimate
from stream.warning.landmarks import Landmarks
from stream.warning.worked import NEVER, Floats, Ints, Worked

Level: TypeAlias = Literal["all", "field", "procedure", "procedure_in_unit"]
Axis: TypeAlias = Literal["share", "time"]
AXES: Final[tuple[Axis, ...]] = ("share", "time")
LEVELS: Final[tuple[Level, ...]] = ("all", "field", "procedure", "procedure_in_unit")
WIDE: Final = frozenset({"all", "field"})
"""Procedures of different terms are in these: they are compared by shares, whatever the axis."""
TERM: Final = 1_000_000
"""A whole term on the axis of shares."""
_PLACES: Final = 400
_GRID: Final = np.arange(_PLACES + 1) * (TERM // _PLACES)
"""Where chances on the axis of shares are reckoned."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What was learnt; `prior` is the share of all cases that were late.

    `shares` and `times` are the curves of each level by axis. `chances`: of each group on the axis of shares the chance
    at each place of the grid, drawn towards the wider groups; it never falls on the way.
    """

    shares: Mapping[Level, Curves]
    times: Mapping[Level, Curves]
    chances: Mapping[Level, Floats]
    shrunk_by: int
    prior: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the groups tell of cases: the chance, and at each level how many like ones, and how many took longer."""

    axis: Axis
    chance: Floats
    like: Mapping[Level, Ints]
    longer: Mapping[Level, Ints]


def by_share(level: Level, axis: Axis) -> bool:
    """Whether a level is compared by the share of the term that is used up."""
    return axis == "share" or level in WIDE


def learn_groups(known: Steps, until: int, worked: Worked, assumed: Assumed) -> Sequence[Groups]:
    """From one step a case, as known at `until`; whoever was still open then is known to take longer.

    One for each way to draw a group's chance towards that of the wider one (`Assumed.shrink_by`).
    """
    ended = np.minimum(known.ended, until)
    begun, stopped = worked.until(known.received), worked.until(np.minimum(ended, known.paused_since))
    times = np.maximum(stopped - begun - known.paused, 0)
    term = np.maximum(worked.until(known.over) - begun - known.paused, 0)
    seen = (known.settled == 1) & (known.ended <= until)
    late = known.late_at <= ended
    share = np.where(late, np.maximum(_share(times, term), TERM + 1), _share(times, term))
    dated = np.flatnonzero((known.over < NEVER) & (term > 0))
    of, fewest = known.of(dated), assumed.fewest_told
    shares = {level: estimate(_keys(level, of), share[dated], seen[dated], fewest) for level in LEVELS}
    prior = float(late.mean()) if len(late) else 0.0
    by_time = {level: estimate(_keys(level, known), times, seen, fewest) for level in LEVELS if level not in WIDE}
    return [Groups(shares, by_time, _drawn(shares, of, prior, by), by, prior) for by in assumed.shrink_by]


def ask(groups: Groups, of: Landmarks, axis: Axis) -> Likeness:
    """What like cases tell of the chance that these take longer than what remains.

    More remaining time never raises a chance: on the axis of shares chances do not fall on the way, on that of time the
    weights of the groups do not depend on it.
    """
    used = np.minimum(_share(of.waited, of.waited + of.remaining), TERM)
    chance = np.full(len(of), groups.prior)
    like: dict[Level, Ints] = {}
    longer: dict[Level, Ints] = {}
    for level in LEVELS:
        shared = by_share(level, axis)
        curves = (groups.shares if shared else groups.times)[level]
        group = curves.group(_keys(level, of.steps))
        waited, whole = (used, np.full(len(of), TERM)) if shared else (of.waited, of.waited + of.remaining)
        like[level] = curves.longer(group, waited)
        longer[level] = curves.longer(group, whole)
        if shared:
            chance = _looked_up(groups.chances[level], group, used, chance)
        else:
            told = _ratio(curves, group, waited, whole)
            chance = (like[level] * told + groups.shrunk_by * chance) / (like[level] + groups.shrunk_by)
    return Likeness(axis, chance, like, longer)


def _looked_up(chances: Floats, group: Ints, used: Ints, wider: Floats) -> Floats:
    """The chances where there is a group, else those of the wider one."""
    if len(chances) == 0:
        return wider
    return np.where(group < 0, wider, chances[group, used * _PLACES // TERM])


def _drawn(shares: Mapping[Level, Curves], of: Steps, prior: float, by: int) -> Mapping[Level, Floats]:
    """The chances of each group on the grid, each drawn towards the wider group that it lies in."""
    wider = np.full((len(of), 1), prior)  # of each case, so far
    row = np.zeros(len(of), dtype=np.int64)
    found: dict[Level, Floats] = {}
    for level in LEVELS:
        curves, groups = shares[level], len(shares[level].keys)
        group = np.repeat(np.arange(groups), len(_GRID))
        at = np.tile(_GRID, groups)
        like = curves.longer(group, at).reshape(groups, len(_GRID))
        told = _ratio(curves, group, at, np.full(len(at), TERM)).reshape(groups, len(_GRID))
        own = curves.group(_keys(level, of))
        _, first = np.unique(np.where(own < 0, groups, own), return_index=True)
        parent = wider[row[first[:groups]]]
        found[level] = np.maximum.accumulate((like * told + by * parent) / (like + by), axis=1)
        row = np.where(own < 0, row + groups, own)
        wider = np.concatenate([found[level], np.broadcast_to(wider, (len(wider), len(_GRID)))])
        kept, row = np.unique(row, return_inverse=True)
        wider = wider[kept]
    return found


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
