"""From a file of boundaries to `geo.surveyed.Surveyed`: all of it, or an error that says what to mend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo.errors import SurveyError
from geo.features import feature_of
from geo.generations import Generation, generation_on
from geo.plane import Plane
from geo.survey.coverage import SLIVER_M, Coverage, coverage_of
from geo.survey.files import payload_of
from geo.survey.matching import check_place, matched
from geo.survey.reading import Fields, read_survey
from geo.surveyed import Surveyed
from geo.units import Unit, units_on

TOLERANCE_M = 15.0
"""How far boundaries are simplified unless said otherwise, in metres: half a pixel of a wall at 4K."""

_MOST_TOLERANCE_M = 1000.0


@dataclass(frozen=True, slots=True)
class Order:
    """What to import a file as: where its facts are, and from when to when it holds (both days included).

    `valid_to` None is "as long as the units of `valid_from` are in force". `source` says who surveyed it;
    with `ignore_others`, features with the codes of other units are left out instead of refused.
    """

    fields: Fields
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    tolerance_m: float = TOLERANCE_M
    ignore_others: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The boundaries, and what was done to make them: nothing of it is hidden, none of it stopped the import."""

    surveyed: Surveyed
    coverage: Coverage
    remarks: tuple[str, ...]

    @property
    def report(self) -> dict[str, Any]:
        """What happened, as plain JSON."""
        return {
            **self.surveyed.facts,
            "units": [feature["id"] for feature in self.surveyed.features["features"]],
            "repaired": [{"code": each.code, "reason": each.reason} for each in self.coverage.repairs],
            "overlaps_km2": self.coverage.overlaps_km2,
            "gaps_km2": self.coverage.gaps_km2,
            "gaps_closed_up_to_m": SLIVER_M,
            "points_before": self.coverage.points_before,
            "points_after": self.coverage.points_after,
            "remarks": list(self.remarks),
        }


def import_survey(path: Path, order: Order, now: datetime) -> Imported:
    """Read and check a file of boundaries, and make it fit for the map; nothing is stored.

    Raises `SurveyError` for whatever is wrong with the file or the order, and `UnitsUnknownError` for a
    time whose units are not recorded.
    """
    units = units_on(order.valid_from)
    valid_to = _end(order, generation_on(order.valid_from))
    if not 0 <= order.tolerance_m <= _MOST_TOLERANCE_M:
        raise SurveyError(f"a tolerance is from 0 to {_MOST_TOLERANCE_M:g} metres, not {order.tolerance_m:g}")
    payload = payload_of(path)
    survey = read_survey(payload, order.fields)
    match = matched(survey.features, units, ignore_others=order.ignore_others)
    coverage = coverage_of(
        {code: feature.geometry for code, feature in match.features.items()}, Plane.around(units), order.tolerance_m
    )
    places = [check_place(unit.code, coverage.polygons[unit.code], unit) for unit in units]
    surveyed = Surveyed(
        valid_from=order.valid_from,
        valid_to=valid_to,
        imported_at=now,
        source=order.source or path.name,
        sha256=payload.sha256,
        format=payload.format,
        crs=survey.crs,
        tolerance_m=order.tolerance_m,
        features=_drawn(units, coverage.polygons),
    )
    return Imported(
        surveyed, coverage, (*survey.remarks, *match.remarks, *(each for each in places if each is not None))
    )


def _end(order: Order, generation: Generation) -> date | None:
    """The last day that the boundaries hold: no further than the units do."""
    last = order.valid_to or generation.valid_to
    if last is not None and last < order.valid_from:
        raise SurveyError(f"the boundaries would end on {last}, before they begin on {order.valid_from}")
    if generation.valid_to is not None and last is not None and last > generation.valid_to:
        raise SurveyError(
            f"the units of {order.valid_from} were in force to {generation.valid_to}: import later ones on their own"
        )
    return last


def _drawn(units: tuple[Unit, ...], polygons: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature_of(unit, polygons[unit.code]) for unit in units]}
