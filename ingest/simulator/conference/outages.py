"""When an endpoint is away: power cuts and broken lines, most of them short, any of them in the middle of a meeting."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ingest.simulator.calendar import DAY, calendar_of
from ingest.simulator.conference.network import Endpoint, Network
from ingest.simulator.dice import dice

_A_DAY: Final = 0.025  # outages of an endpoint on a working day


class Outage(NamedTuple):
    """An endpoint is away from `begin` to `end`."""

    begin: datetime
    end: datetime


def outages(network: Network, endpoint: Endpoint, day: date) -> tuple[Outage, ...]:
    """The outages of an endpoint that begin on a local day."""
    calendar = calendar_of(day.year)
    rng = dice(network.seed, "outages", endpoint.code, day)
    if not calendar.is_working(day) or rng.random() >= _A_DAY * endpoint.weakness:
        return ()
    begin = calendar.moment(day, int(DAY * 0.97 * rng.random()))
    return (Outage(begin, begin + timedelta(seconds=100 + int(rng.random() ** 3 * 3 * 3600))),)
