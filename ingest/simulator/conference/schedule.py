"""The meetings of a day: three that bring the whole district together each week, and some small ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from ingest.simulator.calendar import LOCAL, calendar_of
from ingest.simulator.conference.meeting import Meeting
from ingest.simulator.conference.network import Endpoint, Network
from ingest.simulator.conference.taking_part import legs
from ingest.simulator.dice import dice

LEAD: Final = timedelta(days=7)
"""No meeting is announced longer before it is held."""

_LATE: Final = 0.12  # of the meetings start late by more than some minutes
_NEVER: Final = 0.03
_CANCELLED: Final = 0.035
_NOON: Final = 12 * 60  # in minutes of the day, as all that follows
_SMALL: Final = (8 * 60, 10 * 60, 13 * 60 + 45, 16 * 60)


class _Slot(NamedTuple):
    """A place in the week: Monday is 0; minutes of the day."""

    room: str
    weekday: int
    at: int
    length: int
    small: bool = False


def meetings(network: Network, day: date) -> Iterator[Meeting]:
    """The meetings that are scheduled for a local day: the same for ever, whoever asks and whenever."""
    if not calendar_of(day.year).is_working(day):
        return
    for slot in _week(network, day):
        if slot.weekday == day.weekday():
            yield _meeting(network, slot, day)


def _week(network: Network, day: date) -> tuple[_Slot, ...]:
    year, week, _ = day.isocalendar()
    rng = dice(network.seed, "meetings", year, week)
    large = (
        _Slot("giao-ban", 0, 8 * 60, 90),
        _Slot("hoi-nghi-tinh", 1 + int(rng.random() * 2), 8 * 60, 150),
        _Slot("chuyen-de", 3 + int(rng.random() * 2), 14 * 60, 120),
    )
    small = rng.sample(_free(large), 2 + int(rng.random() * 3))
    return (
        *large,
        *(
            _Slot(f"phong-hop-{number + 1}", weekday, at, 60, small=True)
            for number, (weekday, at) in enumerate(sorted(small))
        ),
    )


def _free(large: Sequence[_Slot]) -> list[tuple[int, int]]:
    """Where a small meeting fits, so that no site is in two at once, however late the one before it begins and ends."""
    halves = {(slot.weekday, slot.at < _NOON) for slot in large}
    return [(weekday, at) for weekday in range(5) for at in _SMALL if (weekday, at < _NOON) not in halves]


def _meeting(network: Network, slot: _Slot, day: date) -> Meeting:
    rng = dice(network.seed, "meeting", slot.room, day)
    scheduled = datetime(day.year, day.month, day.day, tzinfo=LOCAL) + timedelta(minutes=slot.at)
    plain = Meeting(
        name=f"{slot.room}@{day.isoformat()}",
        room=slot.room,
        announced_at=scheduled - timedelta(seconds=int((0.8 + 5 * rng.random()) * 86_400)),
        scheduled_at=scheduled,
        scheduled_until=scheduled + timedelta(minutes=slot.length),
        invited=_invited(network, slot, rng),
    )
    return _fated(network, plain, rng)


def _invited(network: Network, slot: _Slot, rng: Random) -> tuple[Endpoint, ...]:
    if slot.small:
        communes: Sequence[Endpoint] = network.sites[1:]
        return (network.sites[0], *rng.sample(communes, min(len(communes), 2 + int(rng.random() * 3))))
    return (network.province, *network.sites) if slot.room == "hoi-nghi-tinh" else tuple(network.sites)


def _fated(network: Network, plain: Meeting, rng: Random) -> Meeting:
    aim = rng.random()
    if aim < _CANCELLED:
        before = (plain.scheduled_at - plain.announced_at) * (0.1 + 0.8 * rng.random())
        return replace(plain, cancelled_at=plain.scheduled_at - before)
    if aim < _CANCELLED + _NEVER:
        return plain
    late = 7 + 28 * rng.random() ** 2 if rng.random() < _LATE else -4 + 7 * rng.random()
    started = plain.scheduled_at + timedelta(seconds=int(late * 60))
    planned = plain.scheduled_until - plain.scheduled_at
    ended = started + timedelta(seconds=int(planned.total_seconds() * (0.7 + 0.45 * rng.random())))
    return replace(plain, started_at=started, ended_at=ended, legs=legs(network, plain, (started, ended), rng))
