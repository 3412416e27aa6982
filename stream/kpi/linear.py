"""What a formula adds up, sum by sum: where it only adds and subtracts, each case has its own share of the value."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from stream.kpi.expression import Expression, Named, Negation, Number, Operation, Operator, fraction_of
from stream.kpi.terms import Term

Weights = Mapping[Term, int]
"""How often each sum of the ledger counts; whole numbers, so that sums over cases are exact."""


class Shares(NamedTuple):
    """What makes up a KPI: its value, or, where it is a fraction, what is divided by what (else None)."""

    upper: Weights
    lower: Weights | None


def shares_of(expression: Expression) -> Shares | None:
    """What each case adds to the value, or to what is divided by what; None where cases don't add up to it.

    They don't where something else than postings of cases is counted (samples of lines, procedures of the register),
    and where the formula takes a least or greatest, or puts in what is missing, as the rules of the index do.
    """
    fraction = fraction_of(expression)
    if fraction is None:
        upper = weights_of(expression)
        return None if upper is None else Shares(upper, None)
    upper, lower = (weights_of(each) for each in fraction)
    return None if upper is None or lower is None else Shares(upper, lower)


def weights_of(expression: Expression) -> Weights | None:
    """How often each sum counts in the value; None where it is no plain sum of sums of the ledger."""
    found: Weights | None = None
    match expression:
        case Term():
            found = {expression: 1}
        case Named(_, of):
            found = weights_of(of)
        case Negation(of):
            found = _times(-1, weights_of(of))
        case Operation(Operator.ADD, left, right):
            found = _plus(weights_of(left), weights_of(right))
        case Operation(Operator.SUBTRACT, left, right):
            found = _plus(weights_of(left), _times(-1, weights_of(right)))
        case Operation(Operator.MULTIPLY, Number(int(n)), of) | Operation(Operator.MULTIPLY, of, Number(int(n))):
            found = _times(n, weights_of(of))
        case _:
            pass
    return found


def _times(n: int, weights: Weights | None) -> Weights | None:
    return None if weights is None else {term: n * weight for term, weight in weights.items()}


def _plus(one: Weights | None, other: Weights | None) -> Weights | None:
    if one is None or other is None:
        return None
    total = Counter(one)
    total.update(other)
    return dict(total)
