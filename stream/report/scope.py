"""Whose report it is: the whole centre, or the units of one code, at their time (domain handbook 2).

The same five digits name other units in another generation, so that the report of a code never reaches over the
border of two: its period is cut to the last generation of the period in which the code has a meaning.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.areas import CENTRE, Area, area_by_code
from geo.generations import Span, spans
from geo.units import all_units
from stream.kpi.period import Period
from stream.report.errors import ReportError


@dataclass(frozen=True, slots=True)
class Scope:
    """Local days from `first` to `last`, both included, and the units that count; `units` None: all there are.

    `code` is what was asked for, None for the whole centre.
    """

    code: str | None
    title: str
    units: tuple[int, ...] | None
    first: date
    last: date

    def is_cut(self, period: Period) -> bool:
        """Whether it covers less than the whole period."""
        return (self.first, self.last) != (period.first, period.last)


_WHOLE: Final = "Khu vực Mộc Châu"


def whole(period: Period) -> Scope:
    """Every unit that the ledger knows of, through all generations."""
    return Scope(None, _WHOLE, None, period.first, period.last)


def scope_of(code: str | None, period: Period) -> Scope:
    """What a code means in a period: a unit by its five digits, or an area; None is the whole centre.

    Raises `ReportError` for a code without a meaning in the period, and `geo.errors.UnknownPlaceError` for an area that
    is nowhere recorded.
    """
    if code is None or code == CENTRE:
        return whole(period)
    if len(code) == 5 and code.isascii() and code.isdigit():
        return _unit(code, period)
    return _area(area_by_code(code), period)


def _unit(code: str, period: Period) -> Scope:
    cut = spans(period.first, period.last)
    bearing = [span for span in cut if code in span.generation.unit_codes]
    # Of the town's time (thị xã) no units are recorded: the ledger may know the code all the same.
    chosen = bearing or [span for span in cut if not span.generation.is_recorded]
    if not chosen:
        raise ReportError(f"no unit bears the code {code} from {period.first} to {period.last}")
    span = chosen[-1]
    return Scope(code, _title(code, span), (int(code),), span.first, span.last)


def _title(code: str, span: Span) -> str:
    for unit in all_units():
        if unit.code == code and unit.in_force_on(span.last):
            return unit.title
    return f"Đơn vị {code}"


def _area(area: Area, period: Period) -> Scope:
    for membership in reversed(area.memberships):
        first = max(period.first, membership.valid_from or period.first)
        last = min(period.last, membership.valid_to or period.last)
        if first <= last and membership.unit_codes:
            return Scope(area.code, area.title, tuple(int(code) for code in membership.unit_codes), first, last)
    raise ReportError(f"{area.title} ({area.code}) has no recorded units from {period.first} to {period.last}")
