"""What a map is drawn from: GeoJSON features, one a unit, with the point where its label has most room.

Rings turn clockwise, as d3-geo wants them: RFC 7946 has it the other way round, and d3-geo would fill the
world but the unit.
"""

import json
from collections.abc import Mapping
from math import hypot
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo.plane import KM_PER_DEGREE
from geo.units import Unit

FeatureCollection = Mapping[str, Any]

_LABEL_WIDTH = 2.2  # how much wider than high a label is


def feature_of(unit: Unit, border: Polygon | MultiPolygon) -> dict[str, Any]:
    """The feature of a unit, whose border is in degrees with clockwise rings.

    Properties: `code`, `name`, `kind`, `title`; `label`, the point (longitude, latitude) where a label has
    most room, and `room`, half the height of that room in kilometres.
    """
    named = {"code": unit.code, "name": unit.name, "kind": unit.kind, "title": unit.title}
    return {
        "type": "Feature",
        "id": unit.code,
        "properties": named | _label(border),
        "geometry": json.loads(shapely.to_geojson(border)),
    }


def _label(border: Polygon | MultiPolygon) -> dict[str, Any]:
    squeezed = shapely.transform(border, lambda points: points / [_LABEL_WIDTH, 1])
    (x, y), edge = shapely.maximum_inscribed_circle(squeezed, tolerance=0.0005).coords
    room = hypot(edge[0] - x, edge[1] - y) * KM_PER_DEGREE
    return {"label": [round(x * _LABEL_WIDTH, 5), round(y, 5)], "room": round(room, 2)}
