"""Who takes part in a meeting: most sites soon after its start, some late, some not at all, some fall out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from ingest.simulator.conference.meeting import Leg, Meeting
from ingest.simulator.conference.network import Endpoint, Network
from ingest.simulator.conference.outages import outages

_ABSENT: Final = 0.03
_LATE: Final = 0.05
_FALLS_OUT: Final = 0.04
_SHORTEST: Final = timedelta(seconds=20)  # of a connection, and between two of one site


def legs(network: Network, meeting: Meeting, held: tuple[datetime, datetime], rng: Random) -> tuple[Leg, ...]:
    """The connections of the invited sites to a meeting that is held from one moment to another."""
    found: list[Leg] = []
    for site in meeting.invited:
        if rng.random() >= _ABSENT * site.weakness or site is meeting.invited[0]:
            found += _of_site(network, site, held, rng)
    return tuple(found)


def _of_site(network: Network, site: Endpoint, held: tuple[datetime, datetime], rng: Random) -> Iterator[Leg]:
    started, ended = held
    wait = 300 + 1200 * rng.random() if rng.random() < _LATE * site.weakness else 4 + 160 * rng.random() ** 2
    joined = started + timedelta(seconds=int(wait))
    for begin, end in _gaps(network, site, held, rng):
        if joined + _SHORTEST < begin:
            yield Leg(site, _ident(rng), joined, begin)
        joined = max(joined, end)
    if joined + _SHORTEST < ended:
        yield Leg(site, _ident(rng), joined, ended)


def _gaps(
    network: Network, site: Endpoint, held: tuple[datetime, datetime], rng: Random
) -> list[tuple[datetime, datetime]]:
    """When a site is not connected: its endpoint is away, or it falls out for some minutes; in order."""
    started, ended = held
    found = [
        (outage.begin + timedelta(seconds=8), outage.end + timedelta(seconds=40))
        for outage in outages(network, site, started.date())
        if outage.begin < ended and outage.end > started
    ]
    if rng.random() < _FALLS_OUT * site.weakness:
        begin = started + (ended - started) * (0.15 + 0.7 * rng.random())
        begin = begin.replace(microsecond=0)
        found.append((begin, begin + timedelta(seconds=30 + int(rng.random() ** 2 * 1500))))
    return sorted(found)


def _ident(rng: Random) -> str:
    """An id as the server draws one for a connection."""
    return f"w_{rng.getrandbits(48):012x}"
