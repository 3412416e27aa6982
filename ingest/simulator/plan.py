"""The lives of the applications that are filed on one day: the same for ever, whoever asks and whenever."""

from datetime import date

from ingest.simulator.demand import filings
from ingest.simulator.district import District
from ingest.simulator.life import Life
from ingest.simulator.living import live


def plan(district: District, day: date) -> tuple[Life, ...]:
    """The lives of all applications filed on a local day, by the moments of their filing's draw."""
    drawn = filings(district.profile, district.shops, district.seed, day)
    return tuple(live(district, filing, rng) for filing, rng in drawn)
