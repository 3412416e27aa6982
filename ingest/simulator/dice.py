"""Drawing: the same words give the same numbers, on any machine, at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random


def dice(*words: object) -> Random:
    """A generator that depends on nothing but these words."""
    return Random(":".join(map(str, words)))  # noqa: S311 - what is simulated must be repeatable, not secret


@dataclass(frozen=True)
class Wheel:
    """Draws an index with given weights, one random number each."""

    edges: tuple[float, ...]

    @classmethod
    def of(cls, weights: Sequence[float]) -> "Wheel":
        """A wheel for these weights."""
        return cls(tuple(accumulate(weights)))

    def draw(self, rng: Random) -> int:
        """An index."""
        aim = rng.random() * self.edges[-1]
        low, high = 0, len(self.edges) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if aim < self.edges[middle] else (middle + 1, high)
        return low
