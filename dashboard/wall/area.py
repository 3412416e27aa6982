"""The area of a day: its units, and how they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from geo.boundaries import boundaries_on
from geo.features import FeatureCollection
from geo.surveyed import Surveyed, surveyed_on
from geo.units import Unit, units_on


@dataclass(frozen=True, slots=True)
class Area:
    """Units in force on one day, by code, with their polygons in the same order.

    `surveyed` is where the polygons are from; None where they are the schematic.
    """

    units: tuple[Unit, ...]
    features: FeatureCollection
    surveyed: Surveyed | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The units' codes, five digits each."""
        return tuple(unit.code for unit in self.units)

    @property
    def is_schematic(self) -> bool:
        """Whether the map is drawn without a survey, and has to say so."""
        return self.surveyed is None

    @property
    def edition(self) -> str:
        """What changes when the units or their polygons do: a page that was opened before has to be opened anew."""
        drawn = "schematic" if self.surveyed is None else f"{self.surveyed.imported_at:%Y%m%d%H%M%S%f}"
        return "-".join([*self.codes, drawn])


def area_on(day: date, imported: Iterable[Surveyed] = ()) -> Area:
    """The area on a local day, with the imported boundaries that hold on it.

    Raises `UnitsUnknownError` where its units are not recorded.
    """
    return _area(day, surveyed_on(day, imported))


@lru_cache(maxsize=16)
def _area(day: date, surveyed: Surveyed | None) -> Area:
    return Area(units_on(day), boundaries_on(day, () if surveyed is None else (surveyed,)), surveyed)
