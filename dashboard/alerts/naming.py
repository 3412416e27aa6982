"""What an alert is about, by name: a unit, the area, a source."""

from datetime import datetime
from typing import Final

from dashboard.text import Words
from geo.errors import UnitsUnknownError
from geo.units import AREA_NAME, units_on
from stream.alerts.judging import AREA
from stream.core.moment import date_of, day_of, moment_of

_SOURCE: Final = "source:"
_CAUSE: Final = "cause:"


def name_of(subject: str, at: datetime, words: Words) -> str:
    """Its name at a moment; a code that no unit bears then stands for itself."""
    if subject == AREA:
        return words["alerts.area"].format(area=AREA_NAME)
    if subject.startswith(_SOURCE):
        return words["alerts.source"].format(source=subject.removeprefix(_SOURCE))
    if subject.startswith(_CAUSE):
        return words[f"alerts.cause_{subject.removeprefix(_CAUSE)}"]
    return unit_titles(at).get(subject, subject)


def unit_titles(at: datetime) -> dict[str, str]:
    """The units in force at a moment, by code; none in a time whose units are not recorded."""
    try:
        return {unit.code: unit.title for unit in units_on(date_of(day_of(moment_of(at))))}
    except UnitsUnknownError:
        return {}
