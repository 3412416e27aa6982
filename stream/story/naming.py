"""Units, measures and moments in words."""

from datetime import date
from typing import Final

from geo.units import all_units
from stream.apply.cases import CERTIFICATE, DOCUMENT, ENDPOINT, MEETING
from stream.core.ledger import Measure
from stream.core.moment import Moment, date_of, day_of
from stream.story.words import Said, clock, plain, say


def unit_title(unit: int, when: date) -> str | None:
    """The name that the unit bore on that day; None where that is not recorded."""
    code = f"{unit:05}"
    return next((each.title for each in all_units() if each.code == code and each.in_force_on(when)), None)


def unit_said(unit: int, at: Moment) -> Said:
    """A unit by name and code, as it was at that moment."""
    name = unit_title(unit, date_of(day_of(at)))
    code = f"{unit:05}"
    return say("unit.unnamed", code=code) if name is None else say("unit.named", name=name, code=code)


def measure_said(measure: int) -> Said:
    """What a measure counts."""
    return say(f"measure.{Measure(measure).name.lower()}")


_STATUSES: Final = {
    DOCUMENT: "document_status", CERTIFICATE: "certificate_status", MEETING: "meeting_status",
    ENDPOINT: "endpoint_status",
}  # fmt: skip


def status_said(kind: int, status: int) -> Said:
    """A status of a kind of case."""
    return say(f"{_STATUSES.get(kind, 'status')}.{status}")


def moment_said(moment: Moment | None) -> Said:
    """A moment in local time, or that there is none."""
    return say("event.none") if moment is None else plain(clock(moment))
