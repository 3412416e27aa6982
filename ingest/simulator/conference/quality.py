"""How good the lines are in a meeting: three samples a minute of each endpoint; some lines degrade for a while."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from ingest.contracts.conference import QualitySampled, Sample
from ingest.simulator.conference.meeting import Leg, Meeting
from ingest.simulator.conference.network import Network
from ingest.simulator.dice import dice

EVERY: Final = timedelta(seconds=20)
_BATCH: Final = timedelta(minutes=1)
_DEGRADES: Final = 0.06


class _Stretch(NamedTuple):
    begin: datetime
    end: datetime
    weight: float  # how bad it is at its worst, from 0 to 1


def samples(network: Network, meeting: Meeting) -> Iterator[tuple[datetime, QualitySampled]]:
    """What the gateway tells of a meeting's lines, a batch a minute, with the moment of each."""
    for number, leg in enumerate(meeting.legs):
        if leg.site.unit is not None:
            rng = dice(network.seed, "quality", meeting.name, leg.site.code, number)
            yield from _of_leg(leg, leg.site.unit, rng)


def _of_leg(leg: Leg, unit: str, rng: Random) -> Iterator[tuple[datetime, QualitySampled]]:
    stretch = _stretch(leg, rng)
    far = 18 + 25 * rng.random()
    at, batch = _on_the_beat(leg.joined), []
    closes = at.replace(second=0) + _BATCH
    while at <= leg.left:
        batch.append(_sample(at, far, stretch, rng))
        at += EVERY
        if at >= closes or at > leg.left:
            yield at, QualitySampled(endpoint=leg.site.code, unit=unit, samples=tuple(batch))
            closes, batch = at.replace(second=0) + _BATCH, []


def _on_the_beat(moment: datetime) -> datetime:
    """The next of the moments at which the gateway asks all endpoints."""
    step = int(EVERY.total_seconds())
    return moment.replace(second=0, microsecond=0) + timedelta(seconds=-(-(moment.second + 1) // step) * step)


def _stretch(leg: Leg, rng: Random) -> _Stretch | None:
    if rng.random() >= _DEGRADES * leg.site.weakness:
        return None
    begin = leg.joined + (leg.left - leg.joined) * (0.8 * rng.random())
    return _Stretch(begin, begin + timedelta(seconds=240 + 1500 * rng.random()), 0.3 + 0.7 * rng.random())


def _sample(at: datetime, far: float, stretch: _Stretch | None, rng: Random) -> Sample:
    bad = stretch.weight * (0.5 + 0.5 * rng.random()) if stretch and stretch.begin <= at < stretch.end else 0.0
    return Sample(
        at=at,
        loss=round(min(100.0, 0.25 * rng.random() ** 4 + 6.5 * bad), 2),
        jitter=round(1.5 + 5 * rng.random() + 75 * bad, 1),
        rtt=round(far + 12 * rng.random() + 330 * bad, 1),
        bitrate=round((1750 + 350 * rng.random()) * (1 - 0.6 * bad)),
    )
