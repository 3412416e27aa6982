"""How many applications are filed on a day, when, where, for what and how: the pure demand of the district."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from ingest.contracts.onestop import Channel
from ingest.simulator.calendar import LOCAL, OfficeCalendar, calendar_of
from ingest.simulator.catalogue import Procedure, procedures
from ingest.simulator.dice import Wheel, dice
from ingest.simulator.life import Filing
from ingest.simulator.profile import Profile
from ingest.simulator.shops import Shop

# Of a working day's applications: Monday is the busiest, a free day brings a few filings from home.
_WEEKDAYS = (1.15, 1.05, 1.0, 0.95, 0.85, 0.28, 0.24)
_HOLIDAY = 0.1
_FREE = sum(_WEEKDAYS[5:]) / sum(_WEEKDAYS)  # share of a week's filings that come on its free days
# People file online at any hour, most in the morning and after dinner, a few at night.
_ONLINE_HOURS = (3, 3, 3, 3, 3, 3, 5, 11, 19, 19, 17, 10, 7, 11, 16, 16, 14, 10, 7, 8, 10, 9, 5, 3)
# The counter by half hours of office time, from 07:30.
_COUNTER_HALF_HOURS = (5, 9, 11, 10, 9, 7, 6, 4, 4, 7, 8, 7, 6, 4, 2, 1)


_ONLINE = Wheel.of(_ONLINE_HOURS)
_COUNTER = Wheel.of(_COUNTER_HALF_HOURS)


def filings(profile: Profile, shops: Sequence[Shop], seed: int, day: date) -> Iterator[tuple[Filing, Random]]:
    """The applications filed on a local day, each with the random numbers that decide its life.

    The same for the same arguments, on any machine, at any time.
    """
    rng = dice(seed, profile.name, day)
    calendar = calendar_of(day.year)
    wheel = Wheel.of([shop.weight for shop in shops])
    counts = dict.fromkeys((shop.agency for shop in shops), 0)
    for _ in range(_number(profile, calendar, day, rng)):
        shop = shops[wheel.draw(rng)]
        counts[shop.agency] += 1
        channel = _channel(profile, rng) if calendar.is_working(day) else Channel.ONLINE
        yield (
            Filing(
                code=f"{shop.agency}-{day:%y%m%d}-{counts[shop.agency]:04d}",
                shop=shop,
                procedure=draw_procedure(profile, channel, rng),
                channel=channel,
                at=online_moment(day, rng) if channel is Channel.ONLINE else _counter_moment(calendar, day, rng),
                salt=rng.getrandbits(48),
            ),
            rng,
        )


def draw_procedure(profile: Profile, channel: Channel, rng: Random) -> Procedure:
    """What somebody comes for who files in this way."""
    online, counter = _wheels(profile.online)
    return procedures()[(online if channel is Channel.ONLINE else counter).draw(rng)]


@cache
def _wheels(online: float) -> tuple[Wheel, Wheel]:
    """What is filed online and what at the counter, where the share `online` of all is filed online.

    Both together keep the weights of all procedures: what can't be filed online fills the counter first.
    """
    offered = [procedure.weight if procedure.online else 0.0 for procedure in procedures()]
    total = sum(procedure.weight for procedure in procedures())
    rest = max(0.0, sum(offered) / total - online) / (sum(offered) / total)  # of the offered ones, at the counter
    counter = [procedure.weight if not procedure.online else procedure.weight * rest for procedure in procedures()]
    return Wheel.of(offered), Wheel.of(counter)


def _number(profile: Profile, calendar: OfficeCalendar, day: date, rng: Random) -> int:
    share = _WEEKDAYS[day.weekday()]
    if day.weekday() < 5 and not calendar.is_working(day):
        share = _HOLIDAY
    expected = profile.per_working_day * share
    return max(0, round(rng.gauss(expected, expected**0.5)))


def _channel(profile: Profile, rng: Random) -> Channel:
    """How an application of a working day is filed.

    Free days bring nothing but online filings, and of these some are refused: so that the received ones have the
    profile's share, a working day's filings have another one.
    """
    filed = profile.online / (profile.online + (1 - profile.online) * (1 - profile.refused))
    if rng.random() < (filed - _FREE) / (1 - _FREE):
        return Channel.ONLINE
    return Channel.POSTAL if rng.random() < profile.postal / (1 - profile.online) else Channel.DIRECT


def online_moment(day: date, rng: Random) -> datetime:
    """When somebody files at home on a local day."""
    hour = _ONLINE.draw(rng)
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL) + timedelta(seconds=int(rng.random() * 3600))


def _counter_moment(calendar: OfficeCalendar, day: date, rng: Random) -> datetime:
    return calendar.moment(day, _COUNTER.draw(rng) * 1800 + int(rng.random() * 1740))
