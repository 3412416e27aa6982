"""The sites (điểm cầu) of the conference network: one in each unit, that of the district, and the province's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.simulator.dice import dice
from ingest.simulator.documents.organs import Place, seat

DISTRICT: Final = "DC-MOCCHAU"
PROVINCE: Final = "DC-SONLA"
HOST: Final = "host"
"""The code of a registration that names the unit which holds the meetings."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A site and its endpoint, which bear one code; `weakness` is how many times the usual share of troubles it has."""

    code: str
    unit: str | None
    weakness: float = 1.0


@dataclass(frozen=True)
class Network:
    """`sites` are those with a unit, the district's first; the province's is known to nobody's registration."""

    sites: Sequence[Endpoint]
    province: Endpoint
    seed: int

    @property
    def host(self) -> str:
        """The unit that holds the meetings: the seat of the district level."""
        return str(self.sites[0].unit)

    @property
    def registered(self) -> Mapping[str, str]:
        """Code to unit, as the sources are registered."""
        return {HOST: self.host} | {site.code: site.unit for site in self.sites if site.unit is not None}


def network(places: Mapping[str, Place], seed: int, *, weak: int = 2, weakness: float = 4.0) -> Network:
    """The network of these units; `weak` of the communes' lines are troubled `weakness` times as often."""
    units = sorted(places)
    chosen = set(dice(seed, "weak lines").sample(units, min(weak, len(units))))
    communes = (Endpoint(f"DC-{unit}", unit, weakness if unit in chosen else 1.0) for unit in units)
    return Network((Endpoint(DISTRICT, seat(places), 0.5), *communes), Endpoint(PROVINCE, None), seed)
