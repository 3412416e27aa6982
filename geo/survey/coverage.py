"""Polygons made into a coverage: valid, without overlaps, without slivers, simplified with shared borders kept.

Lengths and areas are measured on the plane of `geo.plane`, good to some parts in a thousand in a district.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.errors import SurveyError
from geo.plane import Plane
from geo.survey.reading import listed

SLIVER_M = 100.0
"""Gaps narrower than this are drawing errors and given to the neighbour; a wider one stays a hole in the map."""

_MOST_OVERLAP = 0.05  # of the smaller of two units; more is no inaccuracy but a wrong file
_DECIMALS = 6  # of a degree: a tenth of a metre
_METRES = 1000.0
_REPORTED_KM2 = 1e-6  # a square metre; less is the rounding of coordinates


@dataclass(frozen=True, slots=True)
class Repair:
    """A polygon that was invalid and was repaired, with what GEOS found wrong with it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Polygons in degrees by code, and what was done to them; overlaps and gaps are those of the file, in km²."""

    polygons: Mapping[str, Any]
    repairs: tuple[Repair, ...]
    overlaps_km2: float
    gaps_km2: float
    points_before: int
    points_after: int


def coverage_of(polygons: Mapping[str, Any], plane: Plane, tolerance_m: float) -> Coverage:
    """Repair, clean and simplify polygons given in degrees.

    `tolerance_m` is the size of what may be simplified away, in metres; 0 keeps every point. Raises
    `SurveyError` where nothing of a polygon is left, or two overlap so far that the file must be wrong.
    """
    codes = list(polygons)
    flat = [shapely.transform(shapely.force_2d(each), plane.kilometres) for each in polygons.values()]
    valid, repairs = _repaired(codes, flat)
    overlaps = _overlaps(codes, valid)
    whole = shapely.union_all(valid)
    cleaned = shapely.coverage_clean(valid, gap_width=SLIVER_M / _METRES)
    simplified = shapely.coverage_simplify(cleaned, tolerance_m / _METRES) if tolerance_m > 0 else cleaned
    finished = [_finished(each, plane) for each in simplified]
    if not all(each.is_valid and not each.is_empty for each in finished):
        raise SurveyError(f"simplified to {tolerance_m:g} m a unit is lost: choose a smaller --tolerance")
    return Coverage(
        polygons=dict(zip(codes, finished, strict=True)),
        repairs=repairs,
        overlaps_km2=_reported(overlaps),
        gaps_km2=_reported(_gaps(whole)),
        points_before=int(shapely.get_num_coordinates(flat).sum()),
        points_after=int(shapely.get_num_coordinates(finished).sum()),
    )


def _repaired(codes: Sequence[str], polygons: Sequence[Any]) -> tuple[list[Any], tuple[Repair, ...]]:
    valid, repairs = [], []
    for code, polygon in zip(codes, polygons, strict=True):
        if polygon.is_valid:
            valid.append(polygon)
            continue
        reason = shapely.is_valid_reason(polygon).split("[")[0].strip()
        mended = _areal(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
        if mended.is_empty:
            raise SurveyError(f"the boundary of {code} encloses nothing ({reason})")
        valid.append(mended)
        repairs.append(Repair(code, reason))
    return valid, tuple(repairs)


def _areal(geometry: Any) -> Any:
    """Only what has an area: repairing may leave lines and points beside the polygons."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


def _overlaps(codes: Sequence[str], polygons: Sequence[Any]) -> float:
    """The area of what is in two units, in km²."""
    tree = shapely.STRtree(polygons)
    total, problems = 0.0, []
    for one, other in tree.query(polygons, predicate="intersects").T.tolist():
        if one >= other:
            continue
        shared = polygons[one].intersection(polygons[other]).area
        total += shared
        part = shared / min(polygons[one].area, polygons[other].area)
        if part > _MOST_OVERLAP:
            problems.append(f"{codes[one]} and {codes[other]} overlap by {part:.0%} of the smaller one")
    if problems:
        raise SurveyError(listed(problems))
    return total


def _gaps(whole: Any) -> float:
    """The area of the holes between the units, in km²."""
    return float(sum(shapely.Polygon(ring).area for part in shapely.get_parts(whole) for ring in part.interiors))


def _finished(polygon: Any, plane: Plane) -> Any:
    """In degrees, rounded, its rings clockwise: d3-geo fills the world but the unit where they are not."""
    degrees = shapely.transform(polygon, lambda points: np.round(plane.degrees(points), _DECIMALS))
    return shapely.orient_polygons(degrees, exterior_cw=True)


def _reported(km2: float) -> float:
    return round(km2, 6) if km2 >= _REPORTED_KM2 else 0.0
