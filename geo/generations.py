"""The generations of the administrative order: the stretches of time in which no unit changes (handbook 2).

The same five digits name other places in another generation, so a sum by code must never reach over the
border of two: cut its window with `spans` and carry the parts with `geo.through_time`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from geo.units import Unit, all_units


@dataclass(frozen=True, slots=True)
class Generation:
    """One order of units, in force from `valid_from` to `valid_to`, both included; None is "ever" and "still"."""

    code: str
    title: str
    valid_from: date | None
    valid_to: date | None
    legal_act: str

    @property
    def units(self) -> tuple[Unit, ...]:
        """Its units by code; none where they are not recorded."""
        return _units_of(self)

    @property
    def unit_codes(self) -> frozenset[str]:
        """The codes of its units, five digits each."""
        return frozenset(unit.code for unit in self.units)

    @property
    def is_recorded(self) -> bool:
        """Whether its units are known; those of the town (thị xã) are not."""
        return bool(self.units)

    def covers(self, day: date) -> bool:
        """Whether it was in force on that local day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one generation, the first and the last included."""

    generation: Generation
    first: date
    last: date


@cache
def generations() -> tuple[Generation, ...]:
    """Every generation, the oldest first; together they cover all time (`geo/data/generations.csv`)."""
    return tuple(_read())


def generation_on(day: date) -> Generation:
    """The generation of a local day."""
    return next(generation for generation in generations() if generation.covers(day))


def generation_by_code(code: str) -> Generation:
    """The generation of that code; raises `LookupError` for one that is not in the table."""
    for generation in generations():
        if generation.code == code:
            return generation
    raise LookupError(f"no generation of units is called {code}: there are {', '.join(g.code for g in generations())}")


def spans(first: date, last: date) -> tuple[Span, ...]:
    """The local days from `first` to `last`, both included, cut where the units changed; none if there are none."""
    cut = []
    for generation in generations():
        since = max(first, generation.valid_from or first)
        until = min(last, generation.valid_to or last)
        if since <= until:
            cut.append(Span(generation, since, until))
    return tuple(cut)


@cache
def _units_of(generation: Generation) -> tuple[Unit, ...]:
    same = (generation.valid_from, generation.valid_to)
    return tuple(sorted((u for u in all_units() if (u.valid_from, u.valid_to) == same), key=lambda unit: unit.code))


def _read() -> Iterator[Generation]:
    with (files("geo") / "data" / "generations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Generation(
                code=row["code"],
                title=row["title"],
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                legal_act=row["legal_act"],
            )
