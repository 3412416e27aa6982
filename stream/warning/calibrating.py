"""From what like cases tell to a chance that comes true as often as it says.

Platt's logistic calibration by scikit-learn, on later cases than those the groups were learnt from. What like cases do
not tell shifts it: whether work on it began, how it was filed, and how much more than usual its unit has open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from stream.warning.landmarks import Landmarks
from stream.warning.worked import Bools, Floats

SHIFTS: Final = ("not_begun", "online", "load")
_NOT_BEGUN, _ONLINE = 2, 2  # status, and KenhThucHien (handbook 3.1 and 3.2)
_SURE: Final = 1e-4
"""No group is surer than that: a chance of 0 has no odds."""

_LOOSE: Final = 100.0
"""The usual tightness draws the slope towards 0, which is nobody's guess: like cases do tell something."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The line through the log odds. `usual` is how many cases each unit commonly has open."""

    intercept: float
    slope: float
    shifts: Mapping[str, float]
    usual: Mapping[int, float]

    def chances(self, told: Floats, of: Landmarks) -> Floats:
        """The calibrated chances; 1 for what is overdue already."""
        odds = self.intercept + self.slope * _odds(told) + _shifts(of, self.usual) @ [self.shifts[it] for it in SHIFTS]
        return np.where(of.overdue, 1.0, 1 / (1 + np.exp(-odds)))

    def usual_of(self, of: Landmarks) -> Floats:
        """The usual load of the unit of each; nan where it is not known."""
        return _usual(of, self.usual)


def calibrate(told: Floats, late: Bools, of: Landmarks, shifted: Sequence[str] = SHIFTS) -> Calibration:
    """Fit to what became of cases, with these shifts; `late` has both kinds."""
    usual = {int(unit): float(np.median(of.load[of.steps.unit == unit])) for unit in np.unique(of.steps.unit)}
    kept = [number for number, name in enumerate(SHIFTS) if name in shifted]
    features = np.column_stack([_odds(told), _shifts(of, usual)[:, kept]])
    fitted = LogisticRegression(C=_LOOSE, solver="newton-cholesky").fit(features, late)
    slope, *shifts = (float(each) for each in fitted.coef_[0])
    if slope <= 0:  # like cases tell nothing: what is left is how often it happens
        share = float(late.mean())
        return Calibration(float(np.log(share / (1 - share))), 0.0, dict.fromkeys(SHIFTS, 0.0), usual)
    shifts_found = dict.fromkeys(SHIFTS, 0.0) | {SHIFTS[number]: by for number, by in zip(kept, shifts, strict=True)}
    return Calibration(float(fitted.intercept_[0]), slope, shifts_found, usual)


def surprise(chances: Floats, late: Bools) -> float:
    """How little what happened was foreseen: the mean log loss. Lower is better."""
    return float(log_loss(late, chances, labels=[False, True]))


def _odds(chance: Floats) -> Floats:
    sure = np.clip(chance, _SURE, 1 - _SURE)
    return np.asarray(np.log(sure / (1 - sure)), dtype=np.float64)


def _shifts(of: Landmarks, usual: Mapping[int, float]) -> NDArray[np.float64]:
    load = np.nan_to_num(np.log((of.load + 1) / (_usual(of, usual) + 1)))
    return np.column_stack([of.steps.status == _NOT_BEGUN, of.steps.channel == _ONLINE, load]).astype(np.float64)


def _usual(of: Landmarks, usual: Mapping[int, float]) -> Floats:
    units, place = np.unique(of.steps.unit, return_inverse=True)
    found = np.array([usual.get(int(unit), np.nan) for unit in units], dtype=np.float64)
    return found[place] if len(found) else np.empty(0)
