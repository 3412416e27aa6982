"""What is to happen in a soak: when events come in bursts, when nothing comes for long, and what breaks; seeded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from ioc.bench.faults import KINDS, FaultKind

LONG_SILENCE = 630.0
"""Seconds: more than ten minutes without any event."""
_FIRST_SILENCE_FROM = 0.5
"""Hours: what a shorter run has is no silence worth the name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How long, on how many pages, how often something breaks (seconds between two faults) and for how long at most."""

    hours: float
    pages: int = 5
    faults_every: float = 45.0
    fault_seconds: float = 45.0
    at_most: int | None = None
    kinds: Sequence[str] = ()
    sample_every: float = 60.0
    warm_up: float = 300.0
    simulated: bool = True
    seed: int = 1

    @property
    def seconds(self) -> float:
        """How long the run lasts."""
        return 3600 * self.hours


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is sent from then until then (seconds since the beginning); in a calm one nothing breaks either."""

    begin: float
    end: float
    calm: bool


@dataclass(frozen=True, slots=True)
class Strike:
    """The next fault: so many seconds after the one before was over, of this kind, for so long."""

    after: float
    kind: FaultKind
    seconds: float
    page: int


def silences(wish: Wish) -> list[Silence]:
    """One in the middle of each hour, from half an hour on; every other one is calm, the first to begin with."""
    if wish.hours < _FIRST_SILENCE_FROM:
        return []
    count = max(1, round(wish.hours))
    step = wish.seconds / count
    middles = [step * (number + 0.5) for number in range(count)]
    return [
        Silence(middle - LONG_SILENCE / 2, middle + LONG_SILENCE / 2, calm=number % 2 == 0)
        for number, middle in enumerate(middles)
    ]


def strikes(wish: Wish) -> Iterator[Strike]:
    """Faults without end: all kinds in random order, then all again."""
    random = Random(wish.seed)  # noqa: S311 - a seeded course, no secret
    kinds = [kind for kind in KINDS if not wish.kinds or kind.name in wish.kinds]
    while True:
        for kind in random.sample(kinds, len(kinds)):
            least = min(kind.least_seconds, wish.fault_seconds)
            yield Strike(
                after=random.uniform(0.5, 1.5) * wish.faults_every,
                kind=kind,
                seconds=random.uniform(least, max(least, min(kind.most_seconds, wish.fault_seconds))),
                page=random.randrange(wish.pages),
            )


def bursts(seed: int) -> Iterator[tuple[float, int, float]]:
    """Without end: events a second, how many of them, then a pause in seconds."""
    random = Random(seed + 1)  # noqa: S311 - a seeded course, no secret
    while True:
        rate = random.choice((2.0, 10.0, 50.0, 200.0))
        yield rate, int(rate * random.uniform(2, 20)), random.uniform(1, 40)
