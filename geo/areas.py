"""Areas (khu vực): places that are made of units, each a row with a validity (handbook section 2).

The district (huyện) ended in 2025 and the centre still serves its area: "district" is a row here, no
constant. The area `moc-chau` is what the centre serves through all generations, `123` the old district by
its code. More are added to `geo/data/areas.csv`: a code that is not five digits, the units of each stretch
of time, and the area that it lies `within`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from geo.errors import UnitsUnknownError, UnknownPlaceError
from geo.units import Unit, unit_by_code

CENTRE = "moc-chau"
"""The code of the area that the centre serves."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The codes of the units that an area is made of, in force from `valid_from` to `valid_to`.

    Both days are included; None is "ever" and "still". No codes: the units of that time are not recorded.
    """

    valid_from: date | None
    valid_to: date | None
    unit_codes: tuple[str, ...]

    def covers(self, day: date) -> bool:
        """Whether it was in force on that local day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Area:
    """A named set of units through time; `within` is the code of the area that it is a part of, if any."""

    code: str
    kind: str
    name: str
    within: str | None
    memberships: tuple[Membership, ...]

    @property
    def title(self) -> str:
        """The name with its kind: "Huyện Mộc Châu"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Place:
    """What a code means on a day: a unit or an area, and the units that it is made of, by code."""

    code: str
    title: str
    units: tuple[Unit, ...]

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """The codes of its units, five digits each."""
        return tuple(unit.code for unit in self.units)


@cache
def areas() -> tuple[Area, ...]:
    """Every recorded area, as `geo/data/areas.csv` has them."""
    return tuple(_read())


def area_by_code(code: str) -> Area:
    """The area of that code; raises `UnknownPlaceError`."""
    for area in areas():
        if area.code == code:
            return area
    raise UnknownPlaceError(f"no area bears the code {code}: there are {', '.join(area.code for area in areas())}")


def units_of(area: Area, day: date) -> tuple[Unit, ...]:
    """The units that an area is made of on a local day, by code.

    Raises `UnknownPlaceError` where the area does not exist on that day, and `UnitsUnknownError` where it
    does and its units are not recorded (the town generation, 1 Feb to 30 Jun 2025).
    """
    for membership in area.memberships:
        if membership.covers(day):
            if not membership.unit_codes:
                raise UnitsUnknownError(f"the units of {area.title} in force on {day} are not recorded")
            return tuple(unit_by_code(code, day) for code in membership.unit_codes)
    raise UnknownPlaceError(f"{area.title} ({area.code}) does not exist on {day}")


def place(code: str, day: date) -> Place:
    """What a code means on a local day: five digits are a unit, anything else is an area.

    Raises `UnknownPlaceError` where nothing bears the code on that day (its subclass `UnknownUnitError` for
    five digits), and `UnitsUnknownError` where the units of the day are not recorded.
    """
    if len(code) == 5 and code.isascii() and code.isdigit():
        unit = unit_by_code(code, day)
        return Place(unit.code, unit.title, (unit,))
    area = area_by_code(code)
    return Place(area.code, area.title, units_of(area, day))


def _read() -> Iterator[Area]:
    with (files("geo") / "data" / "areas.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for _, same in groupby(rows, key=lambda row: row["code"]):
        first, *others = same
        yield Area(
            code=first["code"],
            kind=first["kind"],
            name=first["name"],
            within=first["within"] or None,
            memberships=tuple(_membership(row) for row in (first, *others)),
        )


def _membership(row: Mapping[str, str]) -> Membership:
    return Membership(
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        unit_codes=tuple(sorted(row["units"].split())),
    )
