"""The whole of the document traffic's district: its organs, what the traffic is like, and the seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.simulator.documents.organs import Organ
from ingest.simulator.documents.shares import Shares


@dataclass(frozen=True)
class Bureau:
    """`organs` are those of the district; the first one is that of the district level."""

    organs: Sequence[Organ]
    seed: int
    shares: Shares = field(default_factory=Shares)

    @property
    def district(self) -> Organ:
        """The organ of the district level."""
        return self.organs[0]

    @property
    def communes(self) -> Sequence[Organ]:
        """The others."""
        return self.organs[1:]
