"""What was said of one application: whole states and transitions, in any order, some twice, some corrected."""

from dataclasses import dataclass

from tests.reference.minutes import Minute
from tests.reference.working_time import WorkingTime

NOT_RECEIVED = frozenset({1, 3, 7})
"""Statuses that alone do not say that the application was received: new, refused, withdrawn."""
WAITS = frozenset({5, 6})
SETTLED = frozenset({9, 10})
CLOSED = frozenset({3, 7, 8})


@dataclass(frozen=True)
class Wait:
    """A request to the citizen, for papers or for a payment. The clock stands still until it is answered."""

    asked: Minute
    answered: Minute | None = None
    new_due: Minute | None = None
    old_due: Minute | None = None
    payment: bool = False


@dataclass(frozen=True)
class Said:
    """One record. A whole one's dates replace what was said before; a transition says status, unit, perhaps a date."""

    number: int
    at: Minute
    status: int
    unit: int
    whole: bool = True
    channel: int = 1
    received: Minute | None = None
    due: Minute | None = None
    ended: Minute | None = None
    returned: Minute | None = None
    refused: Minute | None = None
    waits: tuple[Wait, ...] = ()
    corrects_unit: bool = False


@dataclass(frozen=True)
class Merger:
    """From a minute on units are others: which became which, and all that are in force then. Codes are used again."""

    since: Minute
    became: tuple[tuple[int, int], ...]
    in_force: frozenset[int]


@dataclass(frozen=True)
class Law:
    """What an application is judged by: working time, its term in worked minutes, which unit became which."""

    time: WorkingTime
    term: int | None = None
    mergers: tuple[Merger, ...] = ()


def in_order(said: tuple[Said, ...]) -> list[Said]:
    """Each record once, in the order of the life: by own time, then promised date, then rank of status, then number."""
    once = {record.number: record for record in said}
    return sorted(once.values(), key=lambda each: (each.at, each.due or 0, each.status, each.number))
