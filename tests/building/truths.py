"""How the truth is asked for: in batches of random histories, each told to the core and to the slow reference."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from stream.core.application import Application, fold
from stream.core.entries import entries
from stream.core.ledger import Entry
from tests.building.histories import CALENDARS, History, history, smaller
from tests.building.told import records_of, rules_of
from tests.reference.life import Life
from tests.reference.minutes import Minute, day, midnight

HISTORIES: Final = int(os.environ.get("IOC_HISTORIES", "10000"))
"""How many random histories each test asks of."""
BATCH: Final = 100


def asking_of(histories: int) -> settings:
    """Settings for a test that asks of so many histories, in batches: ever the same ones if no number was asked for."""
    return settings(
        max_examples=max(1, histories // BATCH),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize="IOC_HISTORIES" not in os.environ,
    )


many, fewer = asking_of(HISTORIES), asking_of(HISTORIES // 4)
patient = pytest.mark.timeout(max(300, HISTORIES // 20))


class Both:
    """One history, told to the core and to the reference."""

    def __init__(self, told: History) -> None:
        self.told, self.random = told, Random(told.number)
        self.life = Life(told.said, told.law)
        self.rules = rules_of(told.law)
        self.application: Application = fold(records_of(told.said), self.rules)
        self.entries: frozenset[Entry] = entries(self.application, self.rules)

    def moments(self, count: int) -> Iterator[Minute]:
        """Minutes at which something may have just changed, and others between."""
        known = [each.at for each in self.told.said] + [self.life.records[-1].at + 30 * 1440]
        known += [each for each in (self.life.received, self.life.ended, self.life.judged_by) if each is not None]
        for _ in range(count):
            at = self.random.choice(known) + self.random.choice((0, 0, 1, -1, self.random.randrange(-9999, 40_000)))
            yield self.random.choice((at, at, midnight(day(at)), midnight(day(at) + timedelta(days=1))))


def agree(start: int, differences: Callable[[Both], list[str]]) -> None:
    """Fails with the smallest history of the batch in which core and reference differ."""
    for number in range(start, start + BATCH):
        told = history(number)
        if differences(Both(told)):
            while again := next((each for each in smaller(told) if differences(Both(each))), None):
                told = again
            said = "\n  ".join(map(str, Life(told.said, told.law).records))
            lines = "\n  ".join(differences(Both(told)))
            law = f"calendar {CALENDARS.index(told.law.time)}, term {told.law.term}, {len(told.law.mergers)} mergers"
            pytest.fail(f"history {number}, {law}:\n  {said}\ndiffers:\n  {lines}", pytrace=False)


def unlike(name: str, core: object, reference: object) -> list[str]:
    """A line about a difference, where there is one."""
    return [] if core == reference else [f"{name}: core {core}, reference {reference}"]
