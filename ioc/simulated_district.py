"""The made-up district with everything in it, built from what geo knows of its units: shops, organs, sites."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.simulator.conference.network import Network
    from ingest.simulator.district import District, Merger
    from ingest.simulator.documents.bureau import Bureau
    from ingest.simulator.documents.organs import Place

_SIZES = {"Thị trấn": 3.0, "Phường": 2.4, "Xã": 1.0}
"""How busy a unit's shop is, by the unit's kind."""


def district(name: str, seed: int) -> "District":
    """The district of a profile, with the shops of its time, and what became of them since."""
    from ingest.simulator.district import District
    from ingest.simulator.profile import PROFILES
    from ingest.simulator.shops import shops

    profile = PROFILES[name]
    merger = None if profile.until is None else _merger(profile.until.date(), seed)
    return District(profile, shops(_weights(profile.units_of), seed), seed, merger)


def bureau(seed: int) -> "Bureau":
    """The organs of today's district."""
    from ingest.simulator.documents.bureau import Bureau
    from ingest.simulator.documents.organs import organs

    return Bureau(organs(_places(), seed), seed)


def network(seed: int) -> "Network":
    """The conference network of today's district."""
    from ingest.simulator.conference.network import network as made

    return made(_places(), seed)


def _places() -> Mapping[str, "Place"]:
    from geo.units import units_on
    from ingest.simulator.documents.organs import Place
    from ingest.simulator.profile import TODAY

    weights = _weights(TODAY.units_of)
    return {
        unit.code: Place(weights[unit.code], f"{unit.kind.lower()} {unit.name}") for unit in units_on(TODAY.units_of)
    }


def _merger(after: date, seed: int) -> "Merger | None":
    """The first recorded merger since a day, told by shops."""
    from geo.lineage import mergers
    from ingest.simulator.calendar import LOCAL
    from ingest.simulator.district import Merger
    from ingest.simulator.shops import shops

    merger = next((merger for merger in mergers() if merger.at_day >= after), None)
    if merger is None:
        return None
    new = {shop.unit: shop for shop in shops(_weights(merger.at_day), seed)}
    heirs = {f"{old:05d}": [new[f"{code:05d}"] for code in codes] for old, codes in merger.became.items()}
    return Merger(datetime.combine(merger.at_day, time(), LOCAL), heirs)


def _weights(day: date) -> Mapping[str, float]:
    """How busy each unit's shop is, by unit code: by its kind, and no two alike."""
    from geo.units import units_on

    return {unit.code: _SIZES.get(unit.kind, 1.0) * (0.7 + int(unit.code) * 7 % 10 / 15) for unit in units_on(day)}
