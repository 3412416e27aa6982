"""The area of a day: its units, and how they are drawn."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from geo.boundaries import boundaries_on
from geo.schematic import FeatureCollection
from geo.units import Unit, units_on


@dataclass(frozen=True, slots=True)
class Area:
    """Units in force on one day, by code, with their polygons in the same order."""

    units: tuple[Unit, ...]
    features: FeatureCollection

    @property
    def codes(self) -> tuple[str, ...]:
        """The units' codes, five digits each."""
        return tuple(unit.code for unit in self.units)


@cache
def area_on(day: date) -> Area:
    """The area on a local day; raises `UnitsUnknownError` where its units are not recorded."""
    return Area(units_on(day), boundaries_on(day))
