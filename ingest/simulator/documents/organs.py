"""The organs (cơ quan) that write to each other: those of the district, and the outer ones they have to do with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.contracts.rules import Level
from ingest.simulator.dice import dice
from ingest.simulator.shops import agencies

DISTRICT: Final = "H52.17"
"""The organ of the district level; its unit is the seat, the one with the busiest shop."""


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ with its code (mã định danh); one outside of the district has no unit.

    `weight` is its share of the communes' documents, `slowness` how many times the average share of its incoming
    documents misses the due day. `mark` is the end of its documents' notations: 12/BC-UBND.
    """

    code: str
    name: str
    level: Level
    unit: str | None = None
    weight: float = 1.0
    slowness: float = 1.0
    mark: str = "UBND"


class Place(NamedTuple):
    """A unit as the simulator has to know it: how busy, and what it is called."""

    weight: float
    name: str


OUTSIDE: Final = (
    Organ("H52", "Ủy ban nhân dân tỉnh Sơn La", Level.PROVINCE, weight=8.0),
    Organ("H52.02", "Sở Nội vụ tỉnh Sơn La", Level.PROVINCE, weight=4.0, mark="SNV"),
    Organ("H52.03", "Sở Tài chính tỉnh Sơn La", Level.PROVINCE, weight=4.0, mark="STC"),
    Organ("H52.05", "Sở Nông nghiệp và Môi trường tỉnh Sơn La", Level.PROVINCE, weight=3.5, mark="SNNMT"),
    Organ("H52.07", "Sở Giáo dục và Đào tạo tỉnh Sơn La", Level.PROVINCE, weight=2.5, mark="SGDĐT"),
    Organ("H52.09", "Sở Y tế tỉnh Sơn La", Level.PROVINCE, weight=2.0, mark="SYT"),
    Organ("H52.11", "Công an tỉnh Sơn La", Level.PROVINCE, weight=2.0, mark="CAT"),
    Organ("H52.18", "Trung tâm Phục vụ hành chính công tỉnh Sơn La", Level.PROVINCE, weight=2.0, mark="TTPVHCC"),
    Organ("G09", "Bộ Công an", Level.PROVINCE, weight=0.5, mark="BCA"),
    Organ("G22", "Văn phòng Chính phủ", Level.PROVINCE, weight=0.7, mark="VPCP"),
)  # fmt: skip


def organs(places: Mapping[str, Place], seed: int, *, slow: int = 2, slowness: float = 3.0) -> Sequence[Organ]:
    """The organ of the district level first, then one of each unit, by code; `slow` of them are late more often."""
    book = {unit: code for code, unit in agencies(places).items()}
    units = sorted(places)
    late = set(dice(seed, "slow organs").sample(units, min(slow, len(units))))
    times = {unit: slowness if unit in late else 1.0 for unit in units}
    mean = sum(times.values()) / len(units)
    district = Organ(DISTRICT, "Ủy ban nhân dân khu vực Mộc Châu", Level.DISTRICT, seat(places), mark="UBND")
    return (
        district,
        *(
            Organ(book[unit], f"Ủy ban nhân dân {places[unit].name}", Level.COMMUNE, unit, places[unit].weight,
                  times[unit] / mean)
            for unit in units
        ),
    )  # fmt: skip


def seat(places: Mapping[str, Place]) -> str:
    """The unit in which the organ of the district level sits."""
    return max(sorted(places), key=lambda unit: places[unit].weight)
