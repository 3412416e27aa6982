"""Figures of one time read in the units of another, so that nothing is lost and nothing is invented.

Sums are carried along the lineage with exact fractions: forward by what each successor took over, backward
by what each predecessor would have had. What was divided is an estimate and says so (the shares are an
assumption, see `geo.lineage`); what was merged whole is exact. A sum that no recorded unit answers for, as
all of the town's time (1 Feb to 30 Jun 2025), stays under its own code and generation, unattributed.

The sum of what comes out, unattributed included, is the sum of what went in: exactly, in both directions.
Only what adds up may be carried: counts, amounts, the two sides of a ratio; never the ratio itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import floor
from typing import TypeAlias, TypeVar

from geo.errors import UnitsUnknownError
from geo.generations import Generation, generation_on, generations
from geo.lineage import successions

DatedCode: TypeAlias = tuple[str, Generation]
"""A unit: a code, five digits, and the generation in which it means something."""

Key = TypeVar("Key")
_Shares: TypeAlias = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a unit has after carrying; `is_estimate` where the share of a divided or merged unit went in."""

    value: Fraction
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """Sums in the units of one generation: each of its units by code, and what none of them answers for."""

    units_of: Generation
    amounts: Mapping[str, Amount]
    unattributed: Mapping[DatedCode, Fraction]

    @property
    def total(self) -> Fraction:
        """The sum of everything, which is the sum of what was carried."""
        return sum((each.value for each in self.amounts.values()), Fraction()) + sum(
            self.unattributed.values(), Fraction()
        )

    @property
    def estimated(self) -> frozenset[str]:
        """The codes of the units whose amount is an estimate."""
        return frozenset(code for code, amount in self.amounts.items() if amount.is_estimate)

    def whole(self) -> dict[str, int]:
        """The amounts as whole numbers that add up as they do; raises `ValueError` as `apportion` does."""
        return apportion({code: amount.value for code, amount in self.amounts.items()})


def carry(sums: Mapping[DatedCode, Fraction | int], units_of: Generation) -> Carried:
    """The sums by unit and generation, in the units of one generation.

    Raises `UnitsUnknownError` where the units of that generation are not recorded.
    """
    if not units_of.is_recorded:
        raise UnitsUnknownError(f"the units of {units_of.title} are not recorded: no figure can be read in them")
    values = dict.fromkeys(sorted(units_of.unit_codes), Fraction())
    estimated: set[str] = set()
    unattributed: dict[DatedCode, Fraction] = {}
    for (code, generation), n in sums.items():
        shares = _shares(generation, units_of).get(code)
        if shares is None:
            unattributed[code, generation] = Fraction(n)
            continue
        for heir, share in shares.items():
            values[heir] += share * n
            if share != 1 and n != 0:
                estimated.add(heir)
    amounts = {code: Amount(value, code in estimated) for code, value in values.items()}
    return Carried(units_of, amounts, unattributed)


def apportion(values: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Whole numbers in place of fractions, with the same sum, each less than one away from its own.

    By the largest remainder: each is rounded down, and what is missing goes, one each, to those that lost
    most; among equals to the first. A whole number stays itself. Raises `ValueError` where the sum is not whole.
    """
    rounded = {key: floor(value) for key, value in values.items()}
    missing = sum(values.values(), Fraction()) - sum(rounded.values())
    if missing.denominator != 1:
        raise ValueError(f"only fractions with a whole sum can be shown as whole numbers: {missing} is left over")
    by_loss = sorted(values, key=lambda key: rounded[key] - values[key])
    for key in by_loss[: int(missing)]:
        rounded[key] += 1
    return rounded


@cache
def _shares(old: Generation, new: Generation) -> _Shares:
    """For each code of one generation, what part of it goes to each code of the other; 1 in all."""
    if old == new:
        return {code: {code: Fraction(1)} for code in old.unit_codes}
    order = [generation for generation in generations() if generation.is_recorded]
    if old not in order or new not in order:
        return {}
    here = order.index(old)
    towards = order[here + 1] if here < order.index(new) else order[here - 1]
    further = _shares(towards, new)
    return {
        code: _joined({heir: (share, further[heir]) for heir, share in heirs.items()})
        for code, heirs in _step(old, towards).items()
    }


def _joined(heirs: Mapping[str, tuple[Fraction, Mapping[str, Fraction]]]) -> Mapping[str, Fraction]:
    joined: dict[str, Fraction] = {}
    for share, onward in heirs.values():
        for code, part in onward.items():
            joined[code] = joined.get(code, Fraction()) + share * part
    return joined


def _step(old: Generation, new: Generation) -> _Shares:
    """The shares between two neighbouring generations, in either direction."""
    shares: dict[str, dict[str, Fraction]] = {}
    for step in successions():
        ends = generation_on(step.ended), generation_on(step.began)
        if ends == (old, new):
            shares.setdefault(step.old_code, {})[step.new_code] = step.forward
        elif ends == (new, old):
            shares.setdefault(step.new_code, {})[step.old_code] = step.backward
    return shares
