"""How fast something grows, robustly: by Theil and Sen, within the stretches in which nothing began anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Trend:
    """Growth an hour; `samples` that count, in so many `stretches`, of which the longest lasts so many minutes."""

    an_hour: float | None
    samples: int
    stretches: int
    longest_minutes: float


def trend_of(stretches: Iterable[Sequence[tuple[float, float]]], warm_up: float) -> Trend:
    """The median of the slopes of all pairs of samples (seconds, value), each weighted by the time between the two.

    Pairs lie within one stretch: a page that was opened anew begins with a small heap, a server that was restarted
    too. Of each stretch what lies within `warm_up` seconds of its begin does not count. None of fewer than two samples.
    """
    warm = [[pair for pair in stretch if pair[0] >= stretch[0][0] + warm_up] for stretch in stretches if stretch]
    counted = [stretch for stretch in warm if len(stretch) > 1]
    slopes = [
        ((later - earlier) / (end - begin), end - begin)
        for stretch in counted
        for (begin, earlier), (end, later) in combinations(stretch, 2)
        if end > begin
    ]
    lengths = [stretch[-1][0] - stretch[0][0] for stretch in counted]
    middle = _weighted_median(slopes)
    return Trend(
        None if middle is None else middle * _HOUR,
        sum(map(len, counted)),
        len(counted),
        max(lengths, default=0.0) / 60,
    )


def _weighted_median(values: Sequence[tuple[float, float]]) -> float | None:
    half = sum(weight for _, weight in values) / 2
    passed = 0.0
    for value, weight in sorted(values):
        passed += weight
        if passed >= half:
            return value
    return None
