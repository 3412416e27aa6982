"""The lives of the applications that are filed on one day: the same for ever, whoever asks and whenever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.simulator.course import live
from ingest.simulator.demand import filings
from ingest.simulator.life import Life
from ingest.simulator.profile import Profile
from ingest.simulator.shops import Shop

LONGEST_LIFE_DAYS = 160
"""No application, with all its late and repeated records, lives longer than that."""


@dataclass(frozen=True)
class District:
    """All that decides what happens: a profile, the shops, a seed."""

    profile: Profile
    shops: Sequence[Shop]
    seed: int


def plan(district: District, day: date) -> tuple[Life, ...]:
    """The lives of all applications filed on a local day, by the moments of their filing's draw."""
    drawn = filings(district.profile, district.shops, district.seed, day)
    return tuple(live(district.profile, filing, rng) for filing, rng in drawn)
