"""Polygons of the units on a day: surveyed ones where they were imported, else the committed schematic."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from geo.features import FeatureCollection
from geo.surveyed import Surveyed, surveyed_on
from geo.units import units_on

SCHEMATICS = {"schematic_2024.geojson": date(2025, 1, 31), "schematic_2025.geojson": date(2025, 7, 1)}
"""Each file in `geo/data` with a day of the generation that it draws."""


def boundaries_on(day: date, imported: Iterable[Surveyed] = ()) -> FeatureCollection:
    """The polygons of the units in force on a local day, by code, as `geo.features.feature_of` describes them.

    `imported` are the surveys at hand, in any order; without one for the day it is the schematic. Raises
    `UnitsUnknownError` as `units_on` does.
    """
    units = units_on(day)
    surveyed = surveyed_on(day, imported)
    if surveyed is not None:
        return surveyed.features
    name = next(name for name, drawn_for in SCHEMATICS.items() if units_on(drawn_for) == units)
    return _read(name)


def to_text(features: Mapping[str, Any]) -> str:
    """GeoJSON with a line for each feature: small, and a changed border is one changed line."""
    head = {key: value for key, value in features.items() if key not in {"type", "features"}}
    members = "".join(f',\n"{key}":{_compact(value)}' for key, value in head.items())
    lines = ",\n".join(_compact(feature) for feature in features["features"])
    return '{"type":"FeatureCollection"' + members + ',"features":[\n' + lines + "\n]}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _read(name: str) -> FeatureCollection:
    features: FeatureCollection = json.loads((files("geo") / "data" / name).read_text(encoding="utf-8"))
    return features
