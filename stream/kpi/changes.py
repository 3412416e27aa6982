"""Restatement: what changed a figure between two moments of knowledge, case by case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from stream.kpi.definition import Kpi
from stream.kpi.expression import Value
from stream.kpi.figure import Figure
from stream.kpi.terms import Input, Term
from stream.kpi.window import Windows


class Learnt(NamedTuple):
    """A posting that became known: what was counted, where, when it happened, and whether it came or went (n)."""

    measure: str
    unit: str
    at: datetime
    known_at: datetime
    n: int


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What one case changed: the net of each sum, none of them zero, and the postings that made it up."""

    case: str
    net: Mapping[Term, int]
    learnt: Sequence[Learnt]

    @property
    def known_at(self) -> datetime:
        """When the last of it became known."""
        return max(each.known_at for each in self.learnt)


@dataclass(frozen=True, slots=True)
class InputChange:
    """An input of the formula before and after; of used procedures, which were gained and which were lost."""

    term: Input
    before: Value
    after: Value
    gained: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()

    @property
    def difference(self) -> Value:
        """After less before; None where one of them has no value."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """A figure as known at two moments, and everything that made the difference.

    The nets of the cases add up to the difference of each sum of the ledger.
    """

    kpi: Kpi
    windows: Windows
    known: tuple[datetime, datetime]
    before: Figure
    after: Figure
    inputs: Sequence[InputChange]
    cases: Sequence[CaseChange]
