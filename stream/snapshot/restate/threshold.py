"""From which difference on a figure that was sent is restated: data of the schedule's table `restate`."""

from collections.abc import Iterable, Mapping
from math import isclose
from typing import Annotated, TypeAlias

import msgspec

from stream.kpi.definition import Basis, Unit
from stream.snapshot.content.document import Difference, KpiFacts
from stream.snapshot.restate.paths import Path, parsed

Least: TypeAlias = Annotated[int, msgspec.Meta(gt=0)] | Annotated[float, msgspec.Meta(gt=0)]
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
    """For how many days after its slot a snapshot is compared with what is known now, and what is worth a version.

    No version comes sooner than `no_sooner_hours` after what the one before knew: records that come late in drops make
    one version together, not one each.
    """

    within_days: Annotated[int, msgspec.Meta(ge=0, le=3660)]
    no_sooner_hours: Annotated[int, msgspec.Meta(ge=0, le=720)] = 12
    threshold: Threshold


def beyond(differences: Iterable[Difference], threshold: Threshold, kpis: Iterable[KpiFacts]) -> bool:
    """Whether any difference is worth a version; `kpis` tell in which unit a figure is measured."""
    units = {kpi.id: kpi.unit for kpi in kpis}
    return any(_is_beyond(each, threshold, units) for each in differences)


def _is_beyond(difference: Difference, threshold: Threshold, units: Mapping[str, Unit]) -> bool:
    before, after = difference.before, difference.after
    if before is None or after is None:
        return True
    least, by = _least(parsed(difference.path), threshold, units), abs(after - before)
    return by >= least or isclose(by, least)  # 0.205 - 0.2 falls short of 0.005 by how computers subtract


def _least(path: Path, threshold: Threshold, units: Mapping[str, Unit]) -> int | float:
    match path.part:
        case "form":
            return threshold.cells
        case "index":
            return threshold.index
        case "kpi":
            return threshold.of(units[path.name])
