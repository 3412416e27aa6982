"""Polygons of the units on a day: the committed schematic, drawn once and shipped."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

from geo.schematic import FeatureCollection
from geo.units import units_on

SCHEMATICS = {"schematic_2024.geojson": date(2025, 1, 31), "schematic_2025.geojson": date(2025, 7, 1)}
"""Each file in `geo/data` with a day of the generation that it draws."""


def boundaries_on(day: date) -> FeatureCollection:
    """The polygons of the units in force on a local day, as `geo.schematic.schematic` describes them.

    Raises `UnitsUnknownError` as `units_on` does.
    """
    units = units_on(day)
    name = next(name for name, drawn_for in SCHEMATICS.items() if units_on(drawn_for) == units)
    return _read(name)


def to_text(features: FeatureCollection) -> str:
    """GeoJSON with a line for each feature: small, and a changed border is one changed line."""
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features["features"])
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


@cache
def _read(name: str) -> FeatureCollection:
    features: FeatureCollection = json.loads((files("geo") / "data" / name).read_text(encoding="utf-8"))
    return features
