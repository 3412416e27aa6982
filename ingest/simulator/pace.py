"""The pace of every stream: catch up with the present as fast as the door takes it, then everything at its moment.

The clock is handed in; nothing that is sent ever bears a moment after it.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Protocol, TypeVar

import structlog

_SHORTEST_WAIT = 0.05  # seconds; what is due within it goes out together
_LONGEST_WAIT = 1.0
_TELL_EVERY = 500  # records

_log = structlog.get_logger()
Clock = Callable[[], datetime]
Watch = Callable[[float, int], None]
"""Told while catching up: the share of the time done, from 0 to 1, and how many records were delivered."""


class Due(Protocol):
    """Something with a moment at which it is sent."""

    @property
    def at(self) -> datetime:
        """When it leaves."""
        ...


Sent = TypeVar("Sent", bound=Due)
Taken_contra = TypeVar("Taken_contra", contravariant=True)


class Progress(Protocol):
    """How far a sender has come: see `Outbox` and `Postbox`, which say what each means."""

    @property
    def waiting(self) -> int:
        """How many were taken and are not known to be delivered."""
        ...

    @property
    def delivered_until(self) -> datetime | None:
        """Everything up to this moment is delivered; None before there was any."""
        ...


class Sender(Progress, Protocol[Taken_contra]):
    """What takes things in their order and delivers them."""

    delivered: int

    async def put(self, sent: Taken_contra, /) -> None:
        """Take one; waits while too much is on its way."""
        ...

    def passed(self, moment: datetime) -> None:
        """Note that all up to a moment were put."""
        ...

    async def flush(self) -> None:
        """Return when all that was put is delivered."""
        ...


async def catch_up(
    own: Iterator[Sent], since: datetime, sender: Sender[Sent], clock: Clock, watch: Watch
) -> Iterator[Sent]:
    """Send all that was due before now, as fast as the door takes it; the answer is what is not due yet."""
    goal = clock() - since
    _log.info("simulator.catching_up", since=since.isoformat(), days=round(goal / timedelta(days=1), 1))
    ahead: list[Sent] = []
    for taken, sent in enumerate(own, start=1):
        if sent.at > (now := clock()):
            sender.passed(now)
            ahead.append(sent)
            break
        await sender.put(sent)
        if taken % _TELL_EVERY == 0:
            watch(min(1.0, (sent.at - since) / goal), sender.delivered)
    await sender.flush()
    watch(1.0, sender.delivered)
    _log.info("simulator.caught_up", records=sender.delivered)
    return chain(ahead, own)


async def keep_up(coming: Iterator[Sent], sender: Sender[Sent], clock: Clock) -> None:
    """Send everything at its moment."""
    for sent in coming:
        while sent.at > (now := clock()):
            sender.passed(now)
            await sender.flush()
            await asyncio.sleep(min(_LONGEST_WAIT, max(_SHORTEST_WAIT, (sent.at - now).total_seconds())))
        await sender.put(sent)
    sender.passed(clock())
    await sender.flush()
