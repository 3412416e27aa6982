"""The map of the units as a drawing: an outline, a label and the neighbours of each, on a sheet of so many pixels.

A pure function from features (`geo.boundaries`) to lengths and points. What the units are worth, and the colours of
that, are the page's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from geo.features import FeatureCollection
from geo.labels import Floats, Label, Letters, Shape, lay_out

_MARGIN: Final = 2.0  # px: half of the widest border
_DETAIL: Final = 0.4  # px: what nobody sees is left out, the same on both sides of a border
_BORDER: Final = 4.0  # px that two units have to share to be neighbours


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit as drawn: `path` as SVG writes it, its label, and the codes of those that it has a border with."""

    code: str
    path: str
    label: Label
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All units on one sheet, in px; the order is that of the features."""

    width: float
    height: float
    outlines: tuple[Outline, ...]


def draw(features: FeatureCollection, sheet: tuple[float, float], letters: Letters) -> Drawing:
    """The units as large as the sheet (width, height) allows, in its middle."""
    codes = [feature["id"] for feature in features["features"]]
    names = [feature["properties"]["name"] for feature in features["features"]]
    borders = _on(sheet, [shape(feature["geometry"]) for feature in features["features"]])
    labels = lay_out(names, borders, sheet, letters)
    return Drawing(
        *sheet,
        tuple(
            Outline(code, _path(border), label, _neighbours(place, codes, borders))
            for place, (code, border, label) in enumerate(zip(codes, borders, labels, strict=True))
        ),
    )


def _on(sheet: tuple[float, float], shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes in px: a Mercator map as good as flat over fifty kilometres, north on top."""
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    narrower = cos(radians((south + north) / 2))
    room = np.array(sheet) - 2 * _MARGIN
    extent = np.array([(east - west) * narrower, north - south])
    scale = float((room / extent).min())
    corner = np.array(sheet) / 2 - scale * extent / 2

    def project(points: Floats) -> Floats:
        return corner + scale * np.column_stack([(points[:, 0] - west) * narrower, north - points[:, 1]])

    return list(shapely.coverage_simplify(shapely.transform(shapes, project), _DETAIL))


def _path(border: Shape) -> str:
    rings = [ring for part in shapely.get_parts(border) for ring in (part.exterior, *part.interiors)]
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in _points(ring)[:-1])}Z" for ring in rings)


def _points(ring: Any) -> list[list[float]]:
    points: list[list[float]] = shapely.get_coordinates(ring).tolist()
    return points


def _neighbours(place: int, codes: Sequence[str], borders: Sequence[Shape]) -> tuple[str, ...]:
    around = shapely.buffer(borders[place], 0.5)
    shared = shapely.length(shapely.intersection(shapely.boundary(borders), around))
    return tuple(
        code for other, (code, length) in enumerate(zip(codes, shared.tolist(), strict=True))
        if other != place and length > _BORDER
    )  # fmt: skip
