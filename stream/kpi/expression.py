"""What a formula is once it has been read: a small frozen tree over sums of the ledger and counts of the register.

Null-aware (handbook section 5: null is not zero): whatever has a null in it is null, and so is a division
by zero; only `otherwise` has something to say in its place. A formula never raises.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from stream.core.ledger import Measure
from stream.kpi.quality import Gauge
from stream.kpi.terms import Count, Input, Term

Value: TypeAlias = int | float | None
"""Sums stay whole numbers until they are divided; None is "no data"."""


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


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A value, or another one where it is null."""

    first: "Expression"
    second: "Expression"


@dataclass(frozen=True, slots=True)
class Named:
    """The value of another KPI in the same window."""

    kpi: str
    of: "Expression"


Expression: TypeAlias = Term | Count | Gauge | Number | Negation | Operation | Choice | Otherwise | Named


def value_of(expression: Expression, sum_of: Callable[[Input], Value]) -> Value:
    """The value of the expression where `sum_of` answers each input; None where it has none."""
    try:
        value = _value(expression, sum_of)
    except OverflowError:  # two whole numbers too large for a fraction
        return None
    return value if value is None or math.isfinite(value) else None


def _value(expression: Expression, sum_of: Callable[[Input], Value]) -> Value:
    found: Value
    match expression:
        case Term() | Count() | Gauge():
            found = sum_of(expression)
        case Number(number):
            found = number
        case Negation(of):
            inner = _value(of, sum_of)
            found = None if inner is None else -inner
        case Operation(operator, left, right):
            found = _joined(operator, _value(left, sum_of), _value(right, sum_of))
        case Choice(extreme, options):
            found = _chosen(extreme, [_value(each, sum_of) for each in options])
        case Otherwise(first, second):
            known = _value(first, sum_of)
            found = _value(second, sum_of) if known is None else known
        case Named(_, of):
            found = _value(of, sum_of)
    return found


def _chosen(extreme: Extreme, values: Sequence[Value]) -> Value:
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


def fraction_of(expression: Expression) -> tuple[Expression, Expression] | None:
    """What is divided by what, where the expression is a fraction."""
    match expression:
        case Operation(Operator.DIVIDE, left, right):
            return left, right
        case Named(_, of):
            return fraction_of(of)
        case _:
            return None


def children_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions right beneath one, in the order they are written."""
    match expression:
        case Negation(of) | Named(_, of):
            return (of,)
        case Operation(_, left, right) | Otherwise(left, right):
            return left, right
        case Choice(_, of):
            return of
        case _:
            return ()


def nodes_of(expression: Expression) -> Iterator[Expression]:
    """The expression and everything beneath it, in the order it is written."""
    yield expression
    for each in children_of(expression):
        yield from nodes_of(each)


def inputs_of(expression: Expression) -> tuple[Input, ...]:
    """What the expression needs, in the order it names them, each once."""
    return tuple(dict.fromkeys(node for node in nodes_of(expression) if isinstance(node, Term | Count | Gauge)))


def measures_of(expression: Expression) -> frozenset[Measure]:
    """The measures of the ledger behind the expression."""
    return frozenset(measure for each in inputs_of(expression) if isinstance(each, Term) for measure, _ in each.parts)


def with_inputs(expression: Expression, change: Callable[[Input], Expression]) -> Expression:
    """The same expression with every input replaced by what `change` makes of it."""

    def changed(inner: Expression) -> Expression:
        return with_inputs(inner, change)

    made: Expression
    match expression:
        case Term() | Count() | Gauge():
            made = change(expression)
        case Number():
            made = expression
        case Negation(of):
            made = Negation(changed(of))
        case Operation(operator, left, right):
            made = Operation(operator, changed(left), changed(right))
        case Choice(extreme, options):
            made = Choice(extreme, tuple(map(changed, options)))
        case Otherwise(first, second):
            made = Otherwise(changed(first), changed(second))
        case Named(_, of):
            made = replace(expression, of=changed(of))
    return made
