"""Which part of a window a unit's figure counts: the time of its own generation (handbook section 2).

Codes are used again: 04033 was Xã Phiêng Luông and is Phường Vân Sơn. A sum by code over a window that begins
before the units changed would add up two places, so for units the window is cut where the generation of its last
day began. The area counts the whole window. `stream.kpi.carrying` reads older sums in the units of today.
"""

from functools import cache
from typing import NamedTuple

from geo.generations import generation_on
from stream.core.moment import Day, date_of, day_number


class OwnTime(NamedTuple):
    """Since which day the units of a generation are themselves; `codes` are those units, None all there are."""

    since: Day
    codes: frozenset[int] | None

    def bears(self, unit: int) -> bool:
        """Whether that unit is one of them."""
        return self.codes is None or unit in self.codes


@cache
def own_time(day: Day) -> OwnTime | None:
    """The own time of the units that are in force on a local day; None where they always were.

    Where the units of the generation are not recorded (the town of 2025), every code may have a new meaning.
    """
    generation = generation_on(date_of(day))
    if generation.valid_from is None:
        return None
    codes = frozenset(map(int, generation.unit_codes)) if generation.is_recorded else None
    return OwnTime(day_number(generation.valid_from), codes)
