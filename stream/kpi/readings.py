"""What was read of the ledger and the register to compute figures from: sums by unit, procedures by unit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from stream.core.moment import Day
from stream.kpi.definition import Kpi, WindowName
from stream.kpi.expression import Value
from stream.kpi.generations import OwnTime, own_time
from stream.kpi.quality import Gauge
from stream.kpi.subjects import Subject, subjects_of
from stream.kpi.terms import Count, Input
from stream.kpi.window import Windows


class Ask(NamedTuple):
    """What is asked for: a sum over a window, or (`window` is None) a level or a count at its end."""

    term: Input
    window: WindowName | None


def ask_of(kpi: Kpi, each: Input) -> Ask:
    """What a KPI asks for with an input of its formula."""
    match each:
        case Gauge():
            at_the_end = False
        case Count():
            at_the_end = not each.is_used
        case _:
            at_the_end = each.is_level and each.at is None
    return Ask(each, None if at_the_end else kpi.definition.window)


def asks_of(kpis: Iterable[Kpi]) -> tuple[Ask, ...]:
    """Everything that these KPIs ask for, each once."""
    return tuple(dict.fromkeys(ask_of(kpi, each) for kpi in kpis for each in kpi.inputs))


@dataclass(frozen=True, slots=True)
class Found:
    """The answers: sums by unit, the codes of used procedures by unit, and counts of the register.

    A count is None where no register was in force.
    """

    sums: Mapping[Ask, Mapping[int, int | Fraction]] = field(default_factory=dict)
    used: Mapping[Ask, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    counts: Mapping[Ask, int | None] = field(default_factory=dict)

    def answers(self, ask: Ask) -> bool:
        """Whether it has an answer to it."""
        return ask in self.sums or ask in self.used or ask in self.counts

    def of_unit(self, ask: Ask, unit: int) -> int | float:
        """The answer for one unit; 0 where nothing was counted."""
        if ask in self.used:
            return len(self.used[ask].get(unit, ()))
        return plain(self.sums[ask].get(unit, 0))

    def of_units(self, ask: Ask, units: Collection[int]) -> int | float:
        """The answer for these units together: sums add up, a procedure that several used counts once."""
        if ask in self.used:
            by_unit = self.used[ask]
            return len(frozenset().union(*(by_unit.get(unit, frozenset()) for unit in units)))
        return plain(sum(self.sums[ask].get(unit, 0) for unit in units))


class Own(NamedTuple):
    """The answers for units whose code meant another unit when the window began: over their own time only."""

    time: OwnTime
    found: Found


@dataclass(frozen=True, slots=True)
class Readings:
    """Answers for units and for the area, all of one moment and one state of the database.

    `heard` is the first local day of which anything is known of a unit, `heard_of` the same by what it is about (None:
    nobody told them apart). Before it, and of other units, nothing is known: their sums are null, not zero. The area
    counts the whole window; a unit counts its own generation only (handbook section 2: codes are used again), for
    which `own` has the answers.
    """

    windows: Windows
    heard: Mapping[int, Day]
    found: Found
    own: Own | None = None
    heard_of: Mapping[Subject, Mapping[int, Day]] | None = None

    def sum_of(self, ask: Ask, unit: int | None) -> Value:
        """The answer for one unit, or for the area (every unit that is known of); None where nothing is known."""
        if ask in self.found.counts:
            return self.found.counts[ask]
        if unit is None:
            return self.found.of_units(ask, self._area(ask)) if self._knows_any(ask) else None
        return self._answers(unit, ask).of_unit(ask, unit) if self._knows(unit, ask.term) else None

    def known_since(self, term: Input) -> Day | None:
        """The first day of which anything is known that a sum of the area is about."""
        return min((day for heard in self._heard(term) for day in heard.values()), default=None)

    def unit_known_since(self, term: Input, unit: int) -> Day | None:
        """The same for a unit, in its own generation: what its code meant before is another unit."""
        first = min((heard[unit] for heard in self._heard(term) if unit in heard), default=None)
        own = own_time(self.windows.day)
        return first if first is None or own is None or not own.bears(unit) else max(first, own.since)

    def used_by(self, ask: Ask, unit: int | None) -> frozenset[str]:
        """The codes of the procedures that one unit used, or any unit; none where nothing is known."""
        if ask not in self.found.used:
            return frozenset()
        by_unit = (self.found if unit is None else self._answers(unit, ask)).used[ask]
        return frozenset().union(*by_unit.values()) if unit is None else by_unit.get(unit, frozenset())

    def since(self, window: WindowName, unit: int | None) -> Day:
        """The first day that counts for a unit, or for the area (None)."""
        first = self.windows.start(window)
        own = self.own
        return first if own is None or unit is None or not own.time.bears(unit) else max(first, own.time.since)

    def _answers(self, unit: int, ask: Ask) -> Found:
        own = self.own
        return own.found if own is not None and own.time.bears(unit) and own.found.answers(ask) else self.found

    def _area(self, ask: Ask) -> Collection[int]:
        return self.found.used[ask] if ask in self.found.used else self.found.sums[ask]

    def _knows_any(self, ask: Ask) -> bool:
        since = self.known_since(ask.term)
        return since is not None and since <= self.windows.day

    def _knows(self, unit: int, term: Input) -> bool:
        return any(unit in heard and heard[unit] <= self.windows.day for heard in self._heard(term))

    def _heard(self, term: Input) -> Sequence[Mapping[int, Day]]:
        if self.heard_of is None:
            return [self.heard]
        return [self.heard_of.get(subject, {}) for subject in subjects_of(term)]


def plain(n: int | Fraction) -> int | float:
    """A whole number where it is one: only what was estimated is not."""
    if isinstance(n, int):
        return n
    return n.numerator if n.denominator == 1 else float(n)
