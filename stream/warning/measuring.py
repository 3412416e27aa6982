"""How good the warnings are, on history that they were not learnt from, beside simple baselines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score

from stream.core.moment import Moment, date_of, day_of
from stream.warning.assumptions import Assumed
from stream.warning.columns import Steps
from stream.warning.landmarks import Landmarks
from stream.warning.learning import History, NotEnough, judged, learn
from stream.warning.worked import Bools, Floats, Worked

BINS: Final = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Edges of the bins of the calibration error: most chances are small."""
LITTLE_LEFT: Final = 0.25
"""The first baseline warns when less than this share of the term is left."""


@dataclass(frozen=True, slots=True)
class Held:
    """Observations that were held out, with what became of them."""

    of: Landmarks
    late: Bools
    worked: Worked
    day: int


def measure(history: History, turn: Moment, until: Moment, assumed: Assumed) -> dict[str, Any] | NotEnough:
    """Learn by what was known at `turn`, then foresee each open case each working day up to `until`."""
    learnt = learn(history, turn, assumed)
    if isinstance(learnt, NotEnough):
        return learnt
    of, late = judged(history, turn, until)
    held = Held(of, late, history.worked, history.calendar.working_day)
    if not late.any() or late.all():
        return NotEnough("held_out_late", int(late.any()), assumed.fewest_late)
    chances, likeness = learnt.chances(of)
    by_procedure = base_rates(history, turn, of.steps)
    left = of.remaining / np.maximum(of.waited + of.remaining, 1)
    flagged = int(np.count_nonzero(left < LITTLE_LEFT))
    return {
        "learnt": {
            "since": _day(history.since),
            "calibrated_since": _day(learnt.calibrated_since),
            "until": _day(turn),
        },
        "held_out": {"since": _day(turn), "until": _day(until), **_counts(held)},
        "axis": learnt.axis,
        "shrunk_by": learnt.groups.shrunk_by,
        "slope": round(learnt.calibration.slope, 3),
        "shifts": {name: round(value, 3) for name, value in learnt.calibration.shifts.items()},
        "warned_from": assumed.warned_from,
        "bins": bins(chances, late),
        "model": quality(chances, held) | warned(chances >= assumed.warned_from, held),
        "like_cases_alone": quality(likeness.chance, held),
        "little_left": {"auc": _auc(1 - left, late)} | warned(left < LITTLE_LEFT, held),
        "base_rate": quality(by_procedure, held) | warned(by_procedure >= assumed.warned_from, held),
        "as_many_as_little_left": warned(_highest(chances, flagged), held),
        "highest_5_percent": {
            "model": warned(_highest(chances, len(late) // 20), held),
            "little_left": warned(_highest(1 - left, len(late) // 20), held),
            "base_rate": warned(_highest(by_procedure, len(late) // 20), held),
        },
    }


def quality(chances: Floats, held: Held) -> dict[str, float]:
    """Calibration error, Brier score and area under the curve of chances."""
    return {
        "calibration_error": calibration_error(chances, held.late),
        "brier": round(float(brier_score_loss(held.late, chances)), 6),
        "auc": _auc(chances, held.late),
    }


def calibration_error(chances: Floats, late: Bools) -> float:
    """The mean distance between chance and outcome over the bins, weighed by how many lie in each (ECE)."""
    found = bins(chances, late)
    apart: float = sum(each["n"] * abs(each["chance"] - each["late"]) for each in found)
    return round(apart / max(len(late), 1), 6)


def bins(chances: Floats, late: Bools) -> list[dict[str, Any]]:
    """What was said and what came true, by chance."""
    place = np.clip(np.searchsorted(BINS, chances, side="right") - 1, 0, len(BINS) - 2)
    return [
        {
            "from": BINS[number],
            "to": BINS[number + 1],
            "n": int(rows.sum()),
            "chance": round(float(chances[rows].mean()), 5),
            "late": round(float(late[rows].mean()), 5),
        }
        for number in range(len(BINS) - 1)
        if (rows := place == number).any()
    ]


def warned(marked: Bools, held: Held) -> dict[str, Any]:
    """How many cases were warned of, how many of them rightly, and how many late ones a working day ahead.

    A case counts once. The share of late ones is of those that could be seen a working day ahead at all.
    """
    case = held.of.steps.case
    ahead = held.of.remaining >= held.day
    late_ones = np.unique(case[held.late & ahead])
    foreseen = np.unique(case[held.late & ahead & marked])
    cases = np.unique(case[marked])
    right = np.unique(case[marked & held.late])
    return {
        "warned": len(cases),
        "precision": _share(len(right), len(cases)),
        "late_warned_a_day_ahead": _share(len(foreseen), len(late_ones)),
        "late_seen_a_day_ahead": len(late_ones),
    }


def base_rates(history: History, turn: Moment, of: Steps) -> Floats:
    """The second baseline: how many of its procedure were late, as known at `turn`; of all where it is new."""
    known = history.steps.held_at(turn)
    done = known.of((known.ended <= turn) & (known.received >= history.since))
    late = done.late_at <= done.ended
    rates: Mapping[int, float] = {
        int(procedure): float(late[done.procedure == procedure].mean()) for procedure in np.unique(done.procedure)
    }
    procedures, place = np.unique(of.procedure, return_inverse=True)
    overall = float(late.mean())
    return np.array([rates.get(int(each), overall) for each in procedures])[place]


def _highest(values: Floats, number: int) -> Bools:
    marked = np.zeros(len(values), dtype=np.bool_)
    marked[np.argsort(-values, kind="stable")[:number]] = True
    return marked


def _counts(held: Held) -> dict[str, Any]:
    case = held.of.steps.case
    return {
        "observations": len(held.late),
        "cases": len(np.unique(case)),
        "late_cases": len(np.unique(case[held.late])),
        "late_share": round(float(held.late.mean()), 6),
    }


def _auc(values: Floats, late: Bools) -> float:
    return round(float(roc_auc_score(late, values)), 4)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _day(moment: Moment) -> str:
    return date_of(day_of(moment)).isoformat()
