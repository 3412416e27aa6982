"""The life of one application (hồ sơ) from its filing to the return of the result, planned as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final, NamedTuple

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.catalogue import Procedure
from ingest.simulator.notice import Notice
from ingest.simulator.shops import Shop


@dataclass(frozen=True, slots=True)
class Step:
    """A change: the status from `at` on, and the due date in force from then on, if any.

    The same status as before: something else of the record changed.
    """

    at: datetime
    status: Status
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """A request to the citizen, for papers or for a payment, and its answer where one comes.

    `status` is 5 or 6; the due dates are those in force before and after.
    """

    status: Status
    requested_at: datetime
    due_before: datetime | None
    received_at: datetime | None = None
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """An application as it is handed in. `salt` decides what no figure depends on: the person, the papers."""

    code: str
    shop: Shop
    procedure: Procedure
    channel: Channel
    at: datetime
    salt: int


@dataclass(frozen=True, slots=True)
class Move:
    """From `at` on another shop handles it: it was transferred, or its unit was merged into another one."""

    at: datetime
    shop: Shop
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """From `since` on the record writes `moment` for when the status was reached, whatever the step says."""

    status: Status
    moment: datetime
    since: datetime


class Sending(NamedTuple):
    """The record of a step leaves the shop at `at`: soon after it, much later, or a second time."""

    at: datetime
    step: int


@dataclass(frozen=True, slots=True)
class Life:
    """All that happens to an application. The steps' moments rise strictly; those after now are a plan."""

    filing: Filing
    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    sendings: tuple[Sending, ...]
    moves: tuple[Move, ...] = ()
    tellings: tuple[Telling, ...] = ()
    notices: tuple[Notice, ...] = ()

    def shop_at(self, moment: datetime) -> Shop:
        """Whose it is at that moment."""
        return shop_of(self.filing, self.moves, moment)


def shop_of(filing: Filing, moves: Sequence[Move], moment: datetime) -> Shop:
    """The shop that handles an application at that moment."""
    return next((move.shop for move in reversed(moves) if move.at <= moment), filing.shop)


class Ending(IntEnum):
    """How an application ends."""

    EARLY = 1  # settled before the due date
    ON_DATE = 2
    LATE = 3
    WITHDRAWN = 4
    STOPPED = 5
    REFUSED = 6  # before it was received
    LASTING = 7  # late by most of a year


LATE_ENDINGS: Final = frozenset({Ending.LATE, Ending.LASTING})


def settled(steps: Sequence[Step]) -> Step | None:
    """The end of processing, if there is one: the last of them where it was taken up again."""
    return next((step for step in reversed(steps) if step.status is Status.SETTLED), None)


def is_late(steps: Sequence[Step]) -> bool:
    """Whether it was settled on a day after the promised one."""
    end = settled(steps)
    return end is not None and end.due_at is not None and end.at.date() > end.due_at.date()
