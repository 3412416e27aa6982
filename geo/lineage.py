"""Which unit became which when units were merged or divided (NQ 1681/NQ-UBTVQH15).

The rows lead from the district generation (to 31 Jan 2025) straight to the units of today (from 1 Jul
2025). Each bears two shares, exact fractions:

- `forward`, the part of the old unit's figures that the new one takes over; 1 in all for each old unit;
- `backward`, the part of the new unit's figures that the old one would have had; 1 in all for each new one.

A share of 1 is a fact of the merger. Any other is an assumption (certainty C) until the district decides:
a divided unit in equal parts, and every old unit as busy as every other. `certainty` is the handbook's
letter for the step itself: A published, B one source. All of it is configuration: `geo/data/lineage.csv`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

from geo.units import units_on


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit went, wholly or in part, into another.

    `ended` is the last day of the old unit, `began` the first day of the new one. `source` is where the
    step is from, `shares_source` where its two shares are from.
    """

    old_code: str
    old_title: str
    ended: date
    new_code: str
    new_title: str
    began: date
    certainty: str
    source: str
    forward: Fraction
    backward: Fraction
    shares_certainty: str
    shares_source: str


@dataclass(frozen=True, slots=True)
class Merger:
    """What became of the units at one moment: the start of `at_day`, the first day of the new ones.

    `became` leads from an old code to the codes of its successors, the one with the largest share first,
    among equals the one that kept the code, then by code. `units_in_force` are the codes after it. Codes
    are the five digits as a number, as the ledger has them.
    """

    at_day: date
    became: Mapping[int, tuple[int, ...]]
    units_in_force: frozenset[int]


@cache
def successions() -> tuple[Succession, ...]:
    """Every recorded step, by old code."""
    return tuple(_read())


def became(code: str) -> tuple[Succession, ...]:
    """What became of a unit of the district generation; more than one where it was divided."""
    return tuple(step for step in successions() if step.old_code == code)


def made_of(code: str) -> tuple[Succession, ...]:
    """What a unit of today was made of."""
    return tuple(step for step in successions() if step.new_code == code)


@cache
def mergers() -> tuple[Merger, ...]:
    """Every recorded merger, the oldest first."""
    return tuple(_merger(day) for day in sorted({step.began for step in successions()}))


def _merger(day: date) -> Merger:
    became: dict[int, tuple[int, ...]] = {}
    for step in sorted((step for step in successions() if step.began == day), key=_preference):
        became[int(step.old_code)] = (*became.get(int(step.old_code), ()), int(step.new_code))
    return Merger(day, became, frozenset(int(unit.code) for unit in units_on(day)))


def _preference(step: Succession) -> tuple[str, Fraction, bool, str]:
    return step.old_code, -step.forward, step.new_code != step.old_code, step.new_code


def _read() -> Iterator[Succession]:
    with (files("geo") / "data" / "lineage.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Succession(
                old_code=row["from_code"],
                old_title=row["from_name"],
                ended=date.fromisoformat(row["from_valid_to"]),
                new_code=row["to_code"],
                new_title=row["to_name"],
                began=date.fromisoformat(row["to_valid_from"]),
                certainty=row["certainty"],
                source=row["source"],
                forward=Fraction(row["forward"]),
                backward=Fraction(row["backward"]),
                shares_certainty=row["shares_certainty"],
                shares_source=row["shares_source"],
            )
