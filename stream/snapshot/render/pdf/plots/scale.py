"""From figures to places on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value lies: `low` at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Its place in points."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, most: int = 5, *, whole: bool = False) -> Sequence[float]:
    """Round numbers from below `low` to above `high`, about `most` of them; `whole` where parts mean nothing."""
    span = next(each for each in (high - low, abs(high), 1) if each > _NOTHING)
    rough = span / most
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * each for each in _STEPS if unit * each >= rough * (1 - 1e-9))
    if whole:
        step = max(1, ceil(step))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]
