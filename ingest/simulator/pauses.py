"""What an application waits for while its clock stands still: further papers, or a payment."""

from dataclasses import dataclass
from random import Random

from ingest.contracts.onestop import Status
from ingest.simulator.life import LATE_ENDINGS, Ending, Filing
from ingest.simulator.profile import Profile


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause with this status, after a share of the remaining work, for so many days.

    One that is not answered ends with the application.
    """

    status: Status
    after: float
    days: float
    answered: bool = True


def draw_pauses(profile: Profile, filing: Filing, ending: Ending, rng: Random) -> tuple[Pause, ...]:
    """The pauses of an application that ends like this, in order."""
    if ending in LATE_ENDINGS:
        return ()  # it is late because nobody looked at it
    if ending in {Ending.WITHDRAWN, Ending.STOPPED}:
        asked_in_vain = Pause(Status.SUPPLEMENT_AWAITED, 0.1, 1 + rng.random() * 15, answered=False)
        return (asked_in_vain,) if rng.random() < 0.4 else ()
    pauses = []
    if rng.random() < filing.procedure.supplement:
        pauses.append(_supplement(rng, 12))
        if rng.random() < profile.second_supplement:
            pauses.append(_supplement(rng, 6))
    if rng.random() < filing.procedure.payment:
        pauses.append(Pause(Status.PAYMENT_AWAITED, 0.3 + rng.random() * 0.6, _days(rng, 8)))
    return tuple(pauses)


def _supplement(rng: Random, longest: float) -> Pause:
    return Pause(Status.SUPPLEMENT_AWAITED, 0.05 + rng.random() * 0.5, _days(rng, longest))


def _days(rng: Random, longest: float) -> float:
    """Most people come back soon."""
    return 0.1 + rng.random() ** 2 * longest
