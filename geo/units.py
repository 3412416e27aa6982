"""Administrative units (đơn vị hành chính) with the time they were in force (handbook section 2).

Five-digit codes are used again with a new meaning: 04033 was Xã Phiêng Luông and is Phường Vân Sơn. So a
unit is a code **and** a time, and every question here names a day.

Three generations: the district (huyện) to 31 Jan 2025, 15 units; the town (thị xã) from 1 Feb to
30 Jun 2025, 15 other units; the two tiers of today from 1 Jul 2025, 8 units. Of the town's units no
centres and bounds are recorded, so `units.csv` has no rows for them: asked for a day of that time we
raise, since the units before or after would be the wrong ones under the same codes.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from geo.errors import UnitsUnknownError, UnknownUnitError

AREA_NAME = "Mộc Châu"
"""The area that the centre serves, whatever tier it is made of."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune (xã), ward (phường) or township (thị trấn), in force from `valid_from` to `valid_to`.

    Both days are included; None is "since ever" and "still". Centre and bounds are in degrees, WGS 84.
    """

    code: str
    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    lon: float
    lat: float
    west: float
    south: float
    east: float
    north: float

    @property
    def title(self) -> str:
        """The name as it is written on a sign: "Phường Mộc Châu"."""
        return f"{self.kind} {self.name}"

    def in_force_on(self, day: date) -> bool:
        """Whether the unit existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@cache
def all_units() -> tuple[Unit, ...]:
    """Every recorded unit of every generation, as `geo/data/units.csv` has them."""
    return tuple(_read())


def units_on(day: date) -> tuple[Unit, ...]:
    """The units in force on a local day, by code.

    Raises `UnitsUnknownError` for the town generation (1 Feb to 30 Jun 2025), whose units are not recorded.
    """
    found = sorted((unit for unit in all_units() if unit.in_force_on(day)), key=lambda unit: unit.code)
    if not found:
        raise UnitsUnknownError(
            f"the units of {AREA_NAME} in force on {day} are not recorded (thị xã, NQ 1280/NQ-UBTVQH15):"
            " ask for a day to 31 Jan 2025 or from 1 Jul 2025, or add them to geo/data/units.csv"
        )
    return tuple(found)


def unit_by_code(code: str, day: date) -> Unit:
    """The unit that bears a code on a day.

    Raises `UnknownUnitError` where none does, and `UnitsUnknownError` as `units_on` does.
    """
    for unit in units_on(day):
        if unit.code == code:
            return unit
    raise UnknownUnitError(f"no unit of {AREA_NAME} bears the code {code} on {day}")


def _read() -> Iterator[Unit]:
    with (files("geo") / "data" / "units.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Unit(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                **{side: float(row[side]) for side in ("lon", "lat", "west", "south", "east", "north")},
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
