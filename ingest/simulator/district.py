"""The district as a whole: what it is like, its shops, and what becomes of them when units merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.simulator.profile import Profile
from ingest.simulator.shops import Shop


@dataclass(frozen=True)
class Merger:
    """From `at` on the shops of other units go on with the work: `heirs` by the code of the unit that ended.

    More than one heir: the unit was divided, each of its applications goes to one of them.
    """

    at: datetime
    heirs: Mapping[str, Sequence[Shop]]


@dataclass(frozen=True)
class District:
    """All that decides what happens: a profile, the shops, a seed, and the merger that ended its units, if any."""

    profile: Profile
    shops: Sequence[Shop]
    seed: int
    merger: Merger | None = None
