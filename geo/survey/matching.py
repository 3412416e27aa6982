"""Whose boundary is it: each feature of a survey belongs to one unit of its day, and each unit has one."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import box

from geo.errors import SurveyError
from geo.survey.reading import Feature, listed
from geo.units import Unit, all_units

_MOSTLY = 0.5  # of a polygon within its unit's recorded bounds; less is worth a look


@dataclass(frozen=True, slots=True)
class Matched:
    """The feature of each unit by code, in the order of the units, and what is odd without being wrong."""

    features: Mapping[str, Feature]
    remarks: tuple[str, ...]


def matched(features: Iterable[Feature], units: tuple[Unit, ...], *, ignore_others: bool) -> Matched:
    """Give each unit its feature.

    Raises `SurveyError`, which names each feature: without a code, of another unit (unless others are
    ignored), twice for one unit, under the name that the code had at another time; and each unit without one.
    """
    by_code = {unit.code: unit for unit in units}
    found: dict[str, Feature] = {}
    problems: list[str] = []
    remarks: list[str] = []
    for feature in features:
        code = code_of(feature.code)
        if code not in by_code:
            if not ignore_others or code is None:
                problems.append(_stranger(feature, code))
        elif code in found:
            problems.append(
                f"feature {feature.number} is {by_code[code].title} ({code}), as is feature {found[code].number}"
            )
        else:
            found[code] = feature
            _compare_name(feature, by_code[code], problems, remarks)
    problems += [f"{unit.title} ({unit.code}) has no feature" for unit in units if unit.code not in found]
    if problems:
        raise SurveyError(listed(problems))
    return Matched({unit.code: found[unit.code] for unit in units}, tuple(remarks))


def code_of(given: object) -> str | None:
    """A unit's code out of an attribute: five digits, also where a table made a number of it (3979.0)."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    text = str(given).strip() if isinstance(given, int | str) and not isinstance(given, bool) else ""
    return text.zfill(5) if text.isascii() and text.isdigit() and len(text) <= 5 else None


def check_place(code: str, polygon: Any, unit: Unit) -> str | None:
    """What is odd about where a polygon lies, if anything; raises `SurveyError` where it can't be the unit's."""
    bounds = box(unit.west, unit.south, unit.east, unit.north)
    if not polygon.intersects(bounds):
        raise SurveyError(
            f"{unit.title} ({code}) lies elsewhere: not where the unit is known to be. Is it in another coordinate"
            " system (--crs), or are longitude and latitude swapped?"
        )
    if polygon.intersection(bounds).area < _MOSTLY * polygon.area:
        return f"{unit.title} ({code}) lies for the most part outside its recorded bounds"
    return None


def _stranger(feature: Feature, code: str | None) -> str:
    if feature.code is None or feature.code == "" or feature.code != feature.code:  # a missing number is NaN
        return f"feature {feature.number} has no code"
    if code is None:
        return f"feature {feature.number} has the code {feature.code!r}, which is not five digits"
    return f"feature {feature.number} has the code {code}, which no unit of the area bears on that day"


def _compare_name(feature: Feature, unit: Unit, problems: list[str], remarks: list[str]) -> None:
    if feature.name is None or _plain(feature.name) in {_plain(unit.name), _plain(unit.title)}:
        return
    former = [each for each in all_units() if each.code == unit.code and each != unit]
    if any(_plain(feature.name) in {_plain(each.name), _plain(each.title)} for each in former):
        problems.append(
            f"feature {feature.number} is called {feature.name}, which {unit.code} was at another time:"
            f" on that day it is {unit.title}"
        )
    else:
        remarks.append(f"feature {feature.number} ({unit.code}) is called {feature.name}, here {unit.title}")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
