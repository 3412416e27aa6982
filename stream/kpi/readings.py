"""What was read of the ledger to compute figures from: sums by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stream.core.moment import Day
from stream.kpi.definition import Kpi, WindowName
from stream.kpi.expression import Term
from stream.kpi.window import Windows


class Ask(NamedTuple):
    """A sum that is asked for: a flow over a window, or a level (`window` is None) at its end."""

    term: Term
    window: WindowName | None


def ask_of(kpi: Kpi, term: Term) -> Ask:
    """What a KPI asks for with a term of its formula."""
    return Ask(term, None if term.is_level else kpi.definition.window)


def asks_of(kpis: Iterable[Kpi]) -> tuple[Ask, ...]:
    """Everything that these KPIs ask for, each once."""
    return tuple(dict.fromkeys(ask_of(kpi, term) for kpi in kpis for term in kpi.terms))


@dataclass(frozen=True, slots=True)
class Readings:
    """Sums by unit, all of one moment and one state of the database.

    `heard` is the first local day of which anything is known of a unit. Before it, and of other units,
    nothing is known: their sums are null, not zero.
    """

    windows: Windows
    heard: Mapping[int, Day]
    sums: Mapping[Ask, Mapping[int, int]]

    def sum_of(self, ask: Ask, unit: int | None) -> int | None:
        """The sum for one unit, or for the area (every unit that is known of); None where nothing is known."""
        by_unit = self.sums[ask]
        if unit is not None:
            return by_unit.get(unit, 0) if self._knows(unit) else None
        return sum(by_unit.values()) if any(map(self._knows, self.heard)) else None

    def _knows(self, unit: int) -> bool:
        return unit in self.heard and self.heard[unit] <= self.windows.day
