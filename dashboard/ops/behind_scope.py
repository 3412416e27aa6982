"""Which units a person may see cases of, in all times that are recorded: a code means another place in another one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dashboard.access.people import Scope
from geo.errors import UnitsUnknownError
from geo.generations import Generation, generations
from stream.core.moment import datetime_of, day_number, start_of
from stream.store.behind import InScope

_EVER: Final = datetime(1900, 1, 1, tzinfo=UTC)
_STILL: Final = datetime(2200, 1, 1, tzinfo=UTC)


def seen_of(scope: Scope) -> tuple[InScope, ...] | None:
    """The units of a scope, each with the time in which its code meant it; None where it is everything.

    Nothing of a time whose units are not recorded: nobody can tell there what a code meant.
    """
    if scope.entries is None:
        return None
    return tuple(each for generation in generations() for each in _seen_in(scope, generation))


def _seen_in(scope: Scope, generation: Generation) -> Iterator[InScope]:
    since, until = generation.valid_from, generation.valid_to
    day = since or until
    if day is None:
        raise ValueError(f"the generation {generation.code} has no bounds")
    try:
        units = scope.units_on(day)
    except UnitsUnknownError:
        return
    for unit in sorted(units or ()):
        yield InScope(
            unit,
            _EVER if since is None else _midnight(since),
            _STILL if until is None else _midnight(until + timedelta(days=1)),
        )


def _midnight(day: date) -> datetime:
    return datetime_of(start_of(day_number(day)))


def sees(scope: Scope, unit: int | None, day: date) -> bool:
    """Whether a case of that unit on that local day is within the scope; what has no unit needs a whole one."""
    if scope.entries is None:
        return True
    try:
        units = scope.units_on(day)
    except UnitsUnknownError:
        return False
    return units is None or (unit is not None and unit in units)
