"""When an event first showed, and what so many times come to."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, inf

from ingest.log.protocol import Position


class FirstShown:
    """Boards in the order in which they showed, each with its cut: partition → next position.

    An event is in a board when its position is below the cut of its partition. That is exact; the age that
    a board gives is not, since the newest event of one partition says nothing of the others.
    """

    def __init__(self, boards: Iterable[tuple[float, Mapping[int, int]]]) -> None:
        self._rises: dict[int, tuple[list[int], list[int]]] = {}  # partition → cuts that rose, and in which board
        self.moments: list[float] = []
        for number, (moment, cut) in enumerate(boards):
            self.moments.append(moment)
            for part, next_position in cut.items():
                cuts, numbers = self._rises.setdefault(part, ([], []))
                if not cuts or next_position > cuts[-1]:  # an older board that came again shows nothing new
                    cuts.append(next_position)
                    numbers.append(number)

    def number(self, event: Position) -> int | None:
        """Which board was the first with this event; None where none was."""
        cuts, numbers = self._rises.get(event.partition, ([], []))
        place = bisect_right(cuts, event.position)
        return numbers[place] if place < len(numbers) else None

    def moment(self, event: Position) -> float:
        """When the first board with this event showed; infinity where none did."""
        number = self.number(event)
        return inf if number is None else self.moments[number]


def covers(cut: Mapping[int, int], ends: Mapping[int, int]) -> bool:
    """Whether a board with this cut shows all events before these ends."""
    return all(cut.get(part, 0) >= end for part, end in ends.items())


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the values, given in order, that so large a share of all does not exceed (nearest rank)."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def summary(milliseconds: Iterable[float]) -> dict[str, float] | None:
    """p50, p95, p99 and the largest; None of nothing."""
    ordered = sorted(milliseconds)
    if not ordered:
        return None
    ranks = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: round(percentile(ordered, share), 1) for name, share in ranks.items()}
