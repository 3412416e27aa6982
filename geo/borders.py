"""Draw borders between patches as one set of lines, each shared by its two neighbours.

A border is smoothed once and used by both sides: no gaps and no overlaps by construction.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from geo.plane import Plane, Points

_DECIMALS = 5  # of a degree: about a metre


def smooth(patches: Sequence[Polygon], plane: Plane, *, detail_km: float, rounds: int) -> list[Polygon]:
    """The patches with smooth borders, in degrees, in the same order.

    `detail_km` is the size of the wiggles to lose, `rounds` how often corners are cut. Raises `ValueError`
    where smoothing made lines cross, so that a patch would be lost: choose a smaller detail.
    """
    lines = shapely.line_merge(shapely.unary_union([patch.boundary for patch in patches]))
    arcs = [_in_degrees(_rounded(arc, detail_km, rounds), plane) for arc in shapely.get_parts(lines)]
    faces = list(shapely.get_parts(shapely.polygonize(arcs)))
    ordered = [_face_of(patch, faces, plane) for patch in patches]
    if not shapely.coverage_is_valid(ordered) or len({id(face) for face in ordered}) != len(patches):
        raise ValueError("smoothing made borders cross")
    return [shapely.orient_polygons(face, exterior_cw=True) for face in ordered]


def _rounded(arc: LineString, detail_km: float, rounds: int) -> Points:
    """The line with its corners cut (Chaikin); its two ends stay where they are."""
    points: Points = shapely.get_coordinates(arc.simplify(detail_km))
    closed = arc.is_closed
    for _ in range(rounds):
        start, end = points[:-1], points[1:]
        cut = np.empty((2 * len(start), 2))
        cut[0::2], cut[1::2] = 0.75 * start + 0.25 * end, 0.25 * start + 0.75 * end
        points = np.vstack([cut, cut[:1]]) if closed else np.vstack([points[:1], cut[1:-1], points[-1:]])
    return points


def _in_degrees(points: Points, plane: Plane) -> LineString:
    return LineString(np.round(plane.degrees(points), _DECIMALS))


def _face_of(patch: Polygon, faces: Sequence[Polygon], plane: Plane) -> Polygon:
    there = Polygon(plane.degrees(shapely.get_coordinates(patch.exterior)))
    return max(faces, key=lambda face: face.intersection(there).area)
