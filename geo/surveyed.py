"""Surveyed boundaries as they are kept: a GeoJSON that says where it is from and from when to when it holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from geo.errors import SurveyError
from geo.features import FeatureCollection
from geo.generations import generation_on
from geo.units import units_on


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The polygons of all units of one generation, in force from `valid_from` to `valid_to`, both included.

    `valid_to` None is "still". `sha256` is of the file that was imported, `format` and `crs` what it was in;
    `tolerance_m` is how far it was simplified, in metres. Two with the same facts are equal.
    """

    valid_from: date
    valid_to: date | None
    imported_at: datetime
    source: str
    sha256: str
    format: str
    crs: str
    tolerance_m: float
    features: FeatureCollection = field(compare=False, repr=False)

    def covers(self, day: date) -> bool:
        """Whether it holds on that local day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def facts(self) -> dict[str, Any]:
        """Everything but the polygons, as plain JSON."""
        return {
            "valid_from": self.valid_from.isoformat(),
            "valid_to": None if self.valid_to is None else self.valid_to.isoformat(),
            "imported_at": self.imported_at.isoformat(),
            "source": self.source,
            "sha256": self.sha256,
            "format": self.format,
            "crs": self.crs,
            "tolerance_m": self.tolerance_m,
        }


def surveyed_on(day: date, imported: Iterable[Surveyed]) -> Surveyed | None:
    """The boundaries that hold on a local day: the latest to come into force, of these the last imported.

    None where none does. What was drawn for other units than those of the day is passed over.
    """
    holding = [each for each in imported if each.covers(day) and _fits(each, day)]
    return max(holding, key=lambda each: (each.valid_from, each.imported_at), default=None)


def to_document(surveyed: Surveyed) -> dict[str, Any]:
    """The GeoJSON that is stored."""
    return {"type": "FeatureCollection", "boundaries": surveyed.facts, "features": surveyed.features["features"]}


def surveyed_from(text: str) -> Surveyed:
    """What `to_document` made, read again. Raises `SurveyError` for anything else."""
    try:
        document: Mapping[str, Any] = json.loads(text)
        facts = document["boundaries"]
        _check_features(document["features"])
        imported_at = datetime.fromisoformat(facts["imported_at"])
        if imported_at.tzinfo is None:
            raise ValueError("the moment of the import has no time zone")
        return Surveyed(
            valid_from=date.fromisoformat(facts["valid_from"]),
            valid_to=None if facts["valid_to"] is None else date.fromisoformat(facts["valid_to"]),
            imported_at=imported_at,
            source=str(facts["source"]),
            sha256=str(facts["sha256"]),
            format=str(facts["format"]),
            crs=str(facts["crs"]),
            tolerance_m=float(facts["tolerance_m"]),
            features={"type": "FeatureCollection", "features": document["features"]},
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SurveyError(f"these are no boundaries that `ioc geo import` stored: {error!r}") from error


def _check_features(features: Iterable[Mapping[str, Any]]) -> None:
    """Touch what a map needs of each, so that what lacks it fails here and not on the wall."""
    for each in features:
        properties, geometry = each["properties"], each["geometry"]
        numbers = [properties["room"], *properties["label"]]
        words = [each["id"], properties["name"], properties["title"]]
        if not all(isinstance(number, int | float) for number in numbers) or len(numbers) != 3:
            raise ValueError(f"{properties['name']} has no place for its label")
        if not all(isinstance(word, str) for word in words):
            raise ValueError(f"{properties['name']} has no code and name")
        if geometry["type"] not in {"Polygon", "MultiPolygon"} or not geometry["coordinates"]:
            raise ValueError(f"{properties['name']} is no polygon")


def _fits(surveyed: Surveyed, day: date) -> bool:
    """Whether the units of the day are those that were surveyed: the same codes in the same generation."""
    codes = [feature["id"] for feature in surveyed.features["features"]]
    same_generation = generation_on(day) == generation_on(surveyed.valid_from)
    return same_generation and codes == [unit.code for unit in units_on(day)]
