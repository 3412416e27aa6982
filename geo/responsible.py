"""Which units of a day answer for what a unit or an area was on another day: scopes outlive mergers."""

from collections.abc import Iterable
from datetime import date

from geo.areas import CENTRE, area_by_code
from geo.generations import Generation, generation_on
from geo.through_time import carry


def responsible_on(codes: Iterable[tuple[str, date]], day: date) -> frozenset[int]:
    """The units in force on `day`, as numbers, into which the given ones went, or of which they were made.

    Each code, of a unit or an area, is read as of its own day. A unit that took over a part of a given one answers for
    it. Raises `geo.errors.UnitsUnknownError` for a day of a time whose units are not recorded and
    `geo.errors.UnknownPlaceError` for an area that is nowhere recorded.
    """
    to = generation_on(day)
    return frozenset(unit for code, on in codes for unit in _carried(code, on, to))


def _carried(code: str, on: date, to: Generation) -> frozenset[int]:
    of = generation_on(on)
    if code == CENTRE:
        return frozenset(int(each) for each in to.unit_codes)
    units = [code] if len(code) == 5 else _members(code, on)
    amounts = carry({(each, of): 1 for each in units}, to).amounts
    return frozenset(int(each) for each, amount in amounts.items() if amount.value)


def _members(code: str, on: date) -> Iterable[str]:
    for membership in area_by_code(code).memberships:
        if (membership.valid_from or on) <= on <= (membership.valid_to or on):
            return membership.unit_codes
    return ()
