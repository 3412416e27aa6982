"""The ordered traffic of the district: which record leaves its shop when."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ingest.simulator.calendar import LOCAL
from ingest.simulator.life import Life
from ingest.simulator.plan import LONGEST_LIFE_DAYS, District, plan
from ingest.simulator.record import Record, sync_record


class Message(NamedTuple):
    """A record of a life, as of its step, to be sent at `at`."""

    at: datetime
    life: Life
    step: int

    def record(self) -> Record:
        """What is sent: the state as of the step, even where it is sent late."""
        return sync_record(self.life, self.life.steps[self.step].at)


def messages(district: District, begin: date, after: datetime) -> Iterator[Message]:
    """Everything sent after `after` about applications filed from the local day `begin` on, in order, for ever.

    Where the profile's time has an end, so has this. It depends on nothing but its arguments: taken up again
    later, it goes on where it was left.
    """
    until = district.profile.until
    after = after.astimezone(LOCAL)
    day = max(begin, after.date() - timedelta(days=LONGEST_LIFE_DAYS))
    waiting: defaultdict[date, list[Message]] = defaultdict(list)
    while until is None or day < until.date() or waiting:
        if until is None or day < until.date():
            for life in plan(district, day):
                for at, step in life.sendings:
                    if at > after and (until is None or at < until):
                        waiting[at.date()].append(Message(at, life, step))
        yield from sorted(waiting.pop(day, ()), key=_order)
        day += timedelta(days=1)


def _order(message: Message) -> tuple[datetime, str, int]:
    return message.at, message.life.filing.code, message.step


def records_between(
    district: District, begin: date, after: datetime, until: datetime
) -> Iterator[tuple[datetime, Record]]:
    """The moments and records of `messages` up to and including `until`."""
    for message in messages(district, begin, after):
        if message.at > until:
            return
        yield message.at, message.record()
