"""How an application ends and how much office time that takes, before any wait."""

from datetime import datetime, timedelta
from random import Random

from ingest.contracts.onestop import Channel
from ingest.simulator.calendar import DAY, OfficeCalendar
from ingest.simulator.catalogue import Procedure
from ingest.simulator.life import LATE_ENDINGS, Ending, Filing
from ingest.simulator.profile import Profile

_LATE_AT_MOST = 20  # working days: the longest term of an application that is let lie
_LONGEST_DELAY = 68  # working days
_LASTING = (100, 150)  # working days
_LAST_DAYS = timedelta(days=60)


def draw_ending(profile: Profile, filing: Filing, rng: Random) -> Ending:
    """How this application ends."""
    if filing.channel is Channel.ONLINE and rng.random() < profile.refused:
        return Ending.REFUSED
    if filing.procedure.term <= _LATE_AT_MOST and rng.random() < profile.late * filing.shop.slowness:
        return Ending.LATE
    if _is_of_the_last_days(profile, filing) and rng.random() < profile.lasting:
        return Ending.LASTING
    aim = rng.random()
    for share, ending in (
        (profile.withdrawn, Ending.WITHDRAWN),
        (profile.stopped, Ending.STOPPED),
        (profile.on_date, Ending.ON_DATE),
    ):
        if aim < share:
            return ending
        aim -= share
    return Ending.EARLY


def _is_of_the_last_days(profile: Profile, filing: Filing) -> bool:
    return profile.until is not None and profile.until - filing.at < _LAST_DAYS


def draw_work(
    ending: Ending, procedure: Procedure, received_at: datetime, calendar: OfficeCalendar, rng: Random
) -> int:
    """Seconds of office time from receipt to the end, pauses not counted.

    Short procedures are done while people wait, longer ones at any time before it is over.
    """
    term = procedure.seconds
    if ending in LATE_ENDINGS:
        return term + DAY + _delay(ending, rng)
    if ending is Ending.ON_DATE and term >= DAY:
        promised = calendar.close_after(received_at, term // DAY)
        return max(1800, calendar.between(received_at, promised) - int(rng.random() * (DAY - 5400)))
    if term <= DAY:
        return 600 + int(rng.random() * 5400)
    return 1800 + int(rng.random() ** 0.65 * (term - DAY - 3600))


def _delay(ending: Ending, rng: Random) -> int:
    """Most of what is late is late for weeks: it went unnoticed. The rest comes a few days late."""
    if ending is Ending.LASTING:
        shortest, longest = _LASTING
        return int((shortest + rng.random() * (longest - shortest)) * DAY)
    days = 12 + rng.random() * (_LONGEST_DELAY - 12) if rng.random() < 0.75 else rng.random() * 4
    return int(days * DAY)
