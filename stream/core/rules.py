"""The rules that an application is judged by: working calendar, register of procedures, mergers of units.

They change, and each change is known from its place in the log on (see `stream.apply`): what was posted under
older rules stays provable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from stream.core.assumptions import NONE_ASSUMED, Assumptions
from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment


class ProcedureRule(NamedTuple):
    """What the register says of a procedure (thủ tục hành chính), as far as clocks and counts go by it."""

    level: int = 0
    """Level of authority: 1 province, 2 district, 3 commune, 0 unknown."""
    term: int | None = None
    """The legal term in seconds of working time; None where none was set."""
    certifies_copies: bool = False


UNREGISTERED = ProcedureRule()


@dataclass(frozen=True, slots=True)
class Merger:
    """From this moment on units have become others. Units are five-digit codes as numbers.

    `became` leads from an ended unit to its successors, the likeliest first; `in_force` are all units after it.
    """

    at: Moment
    became: Mapping[int, tuple[int, ...]]
    in_force: frozenset[int]


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of one moment. `procedures` is by the store's number of the procedure; `mergers` in order of time."""

    calendar: WorkingCalendar
    procedures: Mapping[int, ProcedureRule] = field(default_factory=dict)
    mergers: Sequence[Merger] = ()
    assumptions: Assumptions = NONE_ASSUMED

    def of_procedure(self, number: int) -> ProcedureRule:
        """What the register says of a procedure."""
        return self.procedures.get(number, UNREGISTERED)

    def due_by_term(self, received: Moment, procedure: int) -> Moment | None:
        """Receipt and the term in working time (handbook 3.4, B); None where no term is known."""
        term = self.of_procedure(procedure).term
        return None if term is None else self.calendar.add(self.calendar.counts_from(received), term)

    @cached_property
    def ended_units(self) -> frozenset[int]:
        """Codes that no unit bears after some merger."""
        return frozenset(code for merger in self.mergers for code in merger.became if code not in merger.in_force)

    @cached_property
    def last_merger(self) -> Moment:
        """The moment of the newest merger; before all time where there was none."""
        return self.mergers[-1].at if self.mergers else -(2**62)
