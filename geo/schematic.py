"""The schematic map (sơ đồ): what the districts' units look like as far as centres and bounds tell.

No open polygons of all generations exist, so the map is drawn from the facts in `geo/data/units.csv`
alone. It is no survey: neighbours and proportions are about right, borders are invented. Whoever shows it
says so on the map. The same facts give the same picture, point by point.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Point, Polygon

from geo.borders import smooth
from geo.features import FeatureCollection, feature_of
from geo.partition import divide
from geo.plane import Plane, Points
from geo.units import Unit

Owners = NDArray[np.intp]

_SPACING_KM = 0.5  # between the points of the sheet
_MARGIN_KM = 3.0
_UNREST = 0.32  # how far a point of the sheet strays, as a part of the spacing
_DETAIL_KM = 0.22
_CORNERS_CUT = 2
_BAY_KM = 1.1  # bays of the outline narrower than about twice this are filled
_FINGER_KM = 0.5  # fingers of a unit narrower than about twice this go to its neighbours


def schematic(units: Iterable[Unit]) -> FeatureCollection:
    """A GeoJSON FeatureCollection with one polygon for each unit (`geo.features`), ordered by code.

    The polygons neither overlap nor leave gaps.
    """
    ordered = tuple(sorted(units, key=lambda unit: unit.code))
    plane = Plane.around(ordered)
    points = _sheet(ordered, plane)
    cells = _cells(points)
    patches = _patches(cells, divide(points, ordered, plane), ordered, plane)
    borders = smooth(patches, plane, detail_km=_DETAIL_KM, rounds=_CORNERS_CUT)
    features = [feature_of(unit, border) for unit, border in zip(ordered, borders, strict=True)]
    return {"type": "FeatureCollection", "features": features}


def _sheet(units: Sequence[Unit], plane: Plane) -> Points:
    """Points in rows, every other row shifted, each strayed a little; the same every time."""
    east = plane.x(max(unit.east for unit in units)) + _MARGIN_KM
    north = plane.y(max(unit.north for unit in units)) + _MARGIN_KM
    rows, columns = np.meshgrid(
        np.arange(-north, north, _SPACING_KM), np.arange(-east, east, _SPACING_KM), indexing="ij"
    )
    columns[1::2] += _SPACING_KM / 2
    strayed = np.random.default_rng(seed=1280).uniform(-1, 1, (rows.size, 2)) * _UNREST * _SPACING_KM
    sheet: Points = np.column_stack([columns.ravel(), rows.ravel()]) + strayed
    return sheet


def _cells(points: Points) -> list[Polygon]:
    return list(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)))


def _patches(cells: Sequence[Polygon], owners: Owners, units: Sequence[Unit], plane: Plane) -> list[Polygon]:
    """One connected patch a unit, around its centre, without thin fingers, together without holes."""
    centres = [Point(plane.x(unit.lon), plane.y(unit.lat)) for unit in units]
    rough = [_around(centre, _joined(cells, owners == index)) for index, centre in enumerate(centres)]
    area = _without_bays(shapely.union_all(rough))
    cores = [_around(centre, _without_fingers(patch)) for centre, patch in zip(centres, rough, strict=True)]
    middles = shapely.point_on_surface(cells)
    owned = np.array([shapely.contains(core, middles) for core in cores])
    patches = [_joined(cells, own) for own in owned]
    free = shapely.contains(area, middles) & ~owned.any(axis=0)
    return _given_away(patches, [cells[index] for index in np.flatnonzero(free).tolist()])


def _without_bays(patch: Polygon | MultiPolygon) -> Polygon:
    filled = Polygon(_largest(patch.buffer(_BAY_KM).buffer(-_BAY_KM)).exterior)
    return _largest(_without_fingers(filled))


def _without_fingers(patch: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    return patch.buffer(-_FINGER_KM).buffer(_FINGER_KM)


def _largest(patch: Polygon | MultiPolygon) -> Polygon:
    return max(shapely.get_parts(patch), key=lambda part: float(part.area))


def _joined(cells: Sequence[Polygon], chosen: NDArray[np.bool_]) -> Polygon | MultiPolygon:
    return shapely.union_all([cells[index] for index in np.flatnonzero(chosen).tolist()])


def _around(centre: Point, patch: Polygon | MultiPolygon) -> Polygon:
    parts = shapely.get_parts(patch)
    return Polygon(min(parts, key=lambda part: (part.distance(centre), -part.area)).exterior)


def _given_away(patches: list[Polygon], free: list[Polygon]) -> list[Polygon]:
    """The patches with every free cell given to the neighbour that it shares the longest border with."""
    while free:
        left: list[Polygon] = []
        for cell in free:
            shared = [patch.intersection(cell).length for patch in patches]
            longest = int(np.argmax(shared))
            if shared[longest] > 0:
                patches[longest] = patches[longest].union(cell)
            else:
                left.append(cell)
        if len(left) == len(free):
            break
        free = left
    return patches
