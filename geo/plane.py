"""A flat sheet for a district: degrees to kilometres and back, true enough over fifty kilometres."""

from dataclasses import dataclass
from math import cos, radians
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geo.units import Unit

Points = NDArray[np.float64]

KM_PER_DEGREE = 111.195  # of latitude, on a sphere with a radius of 6,371 km


@dataclass(frozen=True, slots=True)
class Plane:
    """An equirectangular sheet around a point; x to the east, y to the north, in kilometres."""

    lon: float
    lat: float

    @classmethod
    def around(cls, units: tuple[Unit, ...]) -> Self:
        """The sheet in the middle of the units' bounds."""
        west, east = min(unit.west for unit in units), max(unit.east for unit in units)
        south, north = min(unit.south for unit in units), max(unit.north for unit in units)
        return cls(lon=(west + east) / 2, lat=(south + north) / 2)

    def x(self, lon: float) -> float:
        """Kilometres east of the middle."""
        return (lon - self.lon) * KM_PER_DEGREE * cos(radians(self.lat))

    def y(self, lat: float) -> float:
        """Kilometres north of the middle."""
        return (lat - self.lat) * KM_PER_DEGREE

    def kilometres(self, points: Points) -> Points:
        """Rows (longitude, latitude) as rows (x, y)."""
        east = (points[:, 0] - self.lon) * KM_PER_DEGREE * cos(radians(self.lat))
        return np.column_stack([east, (points[:, 1] - self.lat) * KM_PER_DEGREE])

    def degrees(self, points: Points) -> Points:
        """Rows (x, y) as rows (longitude, latitude)."""
        lon = self.lon + points[:, 0] / (KM_PER_DEGREE * cos(radians(self.lat)))
        return np.column_stack([lon, self.lat + points[:, 1] / KM_PER_DEGREE])
