"""From which difference on a figure that was sent is restated: data of the schedule's table `restate`."""

from typing import Annotated, TypeAlias

import msgspec

from stream.kpi.definition import Basis, Unit

Least: TypeAlias = Annotated[int | float, msgspec.Meta(gt=0)]
"""A difference of at least so much counts, up or down."""


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By how much a figure must differ, by its unit of measure; a ratio for percent (0.005 is half a point).

    `cells` are those of form II.06a, `index` the points of the service-quality index, of the whole and of each part. A
    value that came to be known, or that no longer is, always counts. No law says how much is much: `basis` names who
    decided, and how sure it is.
    """

    count: Least
    percent: Least
    points: Least
    days: Least
    minutes: Least
    cells: Least
    index: Least
    basis: Basis

    def of(self, unit: Unit) -> int | float:
        """The threshold of a KPI's unit of measure."""
        by_unit: dict[Unit, int | float] = {
            "count": self.count,
            "percent": self.percent,
            "points": self.points,
            "days": self.days,
            "minutes": self.minutes,
        }
        return by_unit[unit]


class Restating(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For how many days after its slot a snapshot is compared with what is known now, and what is worth a version."""

    within_days: Annotated[int, msgspec.Meta(ge=0, le=3660)]
    threshold: Threshold
