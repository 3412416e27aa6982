"""When the records of an application leave its shop: most within half a minute, some late, some twice."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from ingest.simulator.life import Sending, Step
from ingest.simulator.profile import Profile

_LATE_FROM = 1200.0  # seconds
_LATE_TO = 3 * 86_400.0
_AGAIN_WITHIN = 6 * 3600.0


def sendings(profile: Profile, steps: Sequence[Step], rng: Random) -> tuple[Sending, ...]:
    """Each step is sent at least once. One that is held up does not hold up the next, and so arrives out of order."""
    found = []
    for number, step in enumerate(steps):
        wait = 1 + rng.random() * 29
        if rng.random() < profile.delayed:
            wait = _LATE_FROM + rng.random() ** 3 * (_LATE_TO - _LATE_FROM)
        found.append(Sending(step.at + timedelta(seconds=int(wait)), number))
        if rng.random() < profile.repeated:
            again = wait + 5 + rng.random() ** 2 * _AGAIN_WITHIN
            found.append(Sending(step.at + timedelta(seconds=int(again)), number))
    return tuple(found)
