"""What a formula is once it has been read: a small frozen tree over sums of the ledger.

Null-aware (handbook section 5: null is not zero): whatever has a null in it is null, and so is a division
by zero. A formula never raises.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from stream.core.ledger import FLOWS, LEVELS, Measure

Value: TypeAlias = int | float | None
"""Sums stay whole numbers until they are divided; None is "no data"."""

FLOW_NAMES: Final = {measure.name.lower(): measure for measure in FLOWS}
"""`received`, `settled_early`, …: what a formula calls the flows."""
CHANNELS: Final = {"direct": 1, "online": 2, "postal": 3}
"""`KenhThucHien` of the national sync record (handbook 3.1), by the names that filters use."""


class Operator(Enum):
    """How two values are joined."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Extreme(Enum):
    """Which of several values is meant."""

    MIN = "min"
    MAX = "max"


class Term(NamedTuple):
    """A sum of the ledger: a flow over the figure's window, or a level at its end.

    `channel` and `field` keep only applications of that channel (`KenhThucHien`) or field (lĩnh vực, by code).
    """

    name: str
    channel: int | None = None
    field: str | None = None

    @property
    def is_level(self) -> bool:
        """Whether it is a level (open, overdue, …), which has no window but a moment."""
        return self.name in LEVELS

    @property
    def is_filtered(self) -> bool:
        """Whether sums by unit do not answer it."""
        return self.channel is not None or self.field is not None

    @property
    def parts(self) -> tuple[tuple[Measure, int], ...]:
        """The measures to sum, each with its sign."""
        if self.is_level:
            rise, fall = LEVELS[self.name]
            return (rise, 1), (fall, -1)
        return ((FLOW_NAMES[self.name], 1),)

    def __str__(self) -> str:
        named = {number: name for name, number in CHANNELS.items()}
        filters = [f"channel='{named[self.channel]}'"] if self.channel is not None else []
        filters += [f"field='{self.field}'"] if self.field is not None else []
        return f"{self.name}[{', '.join(filters)}]" if filters else self.name


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Negation:
    """A value with its sign turned."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values joined."""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Choice:
    """The least or the greatest of some values."""

    extreme: Extreme
    of: tuple["Expression", ...]


Expression: TypeAlias = Term | Number | Negation | Operation | Choice


def value_of(expression: Expression, sum_of: Callable[[Term], int | None]) -> Value:
    """The value of the expression where `sum_of` answers each term; None where it has none."""
    try:
        value = _value(expression, sum_of)
    except OverflowError:  # two whole numbers too large for a fraction
        return None
    return value if value is None or math.isfinite(value) else None


def _value(expression: Expression, sum_of: Callable[[Term], int | None]) -> Value:
    match expression:
        case Term():
            return sum_of(expression)
        case Number(value):
            return value
        case Negation(of):
            inner = _value(of, sum_of)
            return None if inner is None else -inner
        case Operation(operator, left, right):
            return _joined(operator, _value(left, sum_of), _value(right, sum_of))
        case Choice(extreme, of):
            values = [_value(each, sum_of) for each in of]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return min(known) if extreme is Extreme.MIN else max(known)


def _joined(operator: Operator, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return None if right == 0 else left / right


def terms_of(expression: Expression) -> Iterator[Term]:
    """The sums that the expression needs, in the order it names them, each once."""
    yield from dict.fromkeys(_terms(expression))


def _terms(expression: Expression) -> Iterator[Term]:
    match expression:
        case Term():
            yield expression
        case Number():
            return
        case Negation(of):
            yield from _terms(of)
        case Operation(_, left, right):
            yield from _terms(left)
            yield from _terms(right)
        case Choice(_, of):
            for each in of:
                yield from _terms(each)


def measures_of(expression: Expression) -> frozenset[Measure]:
    """The measures of the ledger behind the expression."""
    return frozenset(measure for term in terms_of(expression) for measure, _ in term.parts)
