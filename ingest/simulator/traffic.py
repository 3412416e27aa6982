"""The ordered traffic of the district: which record, and which other event, leaves its shop when."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ingest.simulator.calendar import LOCAL
from ingest.simulator.district import District
from ingest.simulator.feedback import petitions
from ingest.simulator.life import Life
from ingest.simulator.notice import Notice
from ingest.simulator.plan import plan
from ingest.simulator.record import Record, sync_record


class Message(NamedTuple):
    """A record of a life, as of its step, to be sent at `at`."""

    at: datetime
    life: Life
    step: int

    def record(self) -> Record:
        """What is sent: the state as of the step, even where it is sent late."""
        return sync_record(self.life, self.life.steps[self.step].at)


def traffic(district: District, begin: date, after: datetime) -> Iterator[Message | Notice]:
    """Everything sent after `after` about what was handed in from the local day `begin` on, in order, for ever.

    Where the profile's time has an end, this ends with the last of its applications. It depends on nothing but its
    arguments: taken up again later, it goes on where it was left.
    """
    until = district.profile.until
    after = after.astimezone(LOCAL)
    day = max(begin, after.date() - timedelta(days=district.profile.longest_life_days))
    waiting: defaultdict[date, list[Message | Notice]] = defaultdict(list)
    while until is None or day < until.date() or waiting:
        if until is None or day < until.date():
            for sent in _of_day(district, day):
                if sent.at > after:
                    waiting[sent.at.date()].append(sent)
        yield from sorted(waiting.pop(day, ()), key=_order)
        day += timedelta(days=1)


def messages(district: District, begin: date, after: datetime) -> Iterator[Message]:
    """The records of `traffic`, without the other events."""
    return (sent for sent in traffic(district, begin, after) if isinstance(sent, Message))


def _of_day(district: District, day: date) -> Iterator[Message | Notice]:
    """All that is ever sent about what was handed in on a local day."""
    for life in plan(district, day):
        for at, step in life.sendings:
            yield Message(at, life, step)
        yield from life.notices
    yield from petitions(district, day)


def _order(sent: Message | Notice) -> tuple[datetime, str, int]:
    if isinstance(sent, Message):
        return sent.at, sent.life.filing.code, sent.step
    return sent.at, sent.id, sent.number


def records_between(
    district: District, begin: date, after: datetime, until: datetime
) -> Iterator[tuple[datetime, Record]]:
    """The moments and records of `messages` up to and including `until`."""
    for message in messages(district, begin, after):
        if message.at > until:
            return
        yield message.at, message.record()
