"""The life of one application (hồ sơ) from its filing to the return of the result, planned as a whole."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.catalogue import Procedure
from ingest.simulator.shops import Shop


@dataclass(frozen=True, slots=True)
class Step:
    """A change: the status from `at` on, and the due date in force from then on, if any."""

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
    due_before: datetime
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


class Ending(IntEnum):
    """How an application ends."""

    EARLY = 1  # settled before the due date
    ON_DATE = 2
    LATE = 3
    WITHDRAWN = 4
    STOPPED = 5
    REFUSED = 6  # before it was received
