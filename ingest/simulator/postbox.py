"""Parcels on their way: events in batches, every other body on its own, over some connections side by side."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zlib import crc32

from ingest.simulator.door import Door, Posting
from ingest.simulator.parcel import Parcel, Way

_BUNDLE: Final = 100
_OLDEST: Final = timedelta(hours=12)  # no event waits longer, by its own time, for others of its bundle


class Route(NamedTuple):
    """The address of a body, which may depend on what it says, its media type, and whether it bears the token."""

    path: Callable[[bytes], str]
    kind: str
    bearer: bool = True


class _Bundle(NamedTuple):
    way: Way
    parcels: tuple[Parcel, ...]


class Postbox:
    """Takes parcels in their order and delivers them while its senders run.

    Bodies whose names differ after the last slash only arrive in their order.
    """

    def __init__(self, door: Door, routes: Mapping[Way, Route] | None = None, *, connections: int = 4) -> None:
        self._door = door
        self._routes = routes or {}
        self._open: list[Parcel] = []
        self._queues = [asyncio.Queue[_Bundle](maxsize=4) for _ in range(connections)]
        self._under_way: list[_Bundle] = []
        self._reached: datetime | None = None
        self.delivered = 0

    def start(self, tasks: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        """Start the senders; what stops one of them for good stops the group."""
        return [tasks.create_task(self._send(queue)) for queue in self._queues]

    @property
    def waiting(self) -> int:
        """How many parcels were taken and are not known to be delivered."""
        return len(self._open) + sum(len(bundle.parcels) for bundle in self._under_way)

    @property
    def delivered_until(self) -> datetime | None:
        """Every parcel up to this moment is delivered; None before there was any."""
        first = [bundle.parcels[0].at for bundle in self._under_way] + [parcel.at for parcel in self._open[:1]]
        return min(first) - timedelta(microseconds=1) if first else self._reached

    async def put(self, sent: Parcel) -> None:
        """Take a parcel; waits while too much is on its way."""
        self._reached = sent.at
        if self._open and sent.at - self._open[0].at > _OLDEST:
            await self._dispatch_events()
        if sent.way is not Way.EVENT:
            await self._dispatch(_Bundle(sent.way, (sent,)), crc32(sent.name.rpartition("/")[0].encode()))
            return
        self._open.append(sent)
        if len(self._open) >= _BUNDLE:
            await self._dispatch_events()

    def passed(self, moment: datetime) -> None:
        """Note that all parcels up to a moment were put."""
        self._reached = moment

    async def flush(self) -> None:
        """Return when all that was put is delivered."""
        await self._dispatch_events()
        for queue in self._queues:
            await queue.join()

    async def _dispatch_events(self) -> None:
        if self._open:
            bundle, self._open = _Bundle(Way.EVENT, tuple(self._open)), []
            await self._dispatch(bundle, 0)

    async def _dispatch(self, bundle: _Bundle, lane: int) -> None:
        self._under_way.append(bundle)
        await self._queues[lane % len(self._queues)].put(bundle)

    async def _send(self, queue: asyncio.Queue[_Bundle]) -> None:
        while True:
            bundle = await queue.get()
            await self._deliver(bundle)
            self._under_way.remove(bundle)
            self.delivered += len(bundle.parcels)
            queue.task_done()

    async def _deliver(self, bundle: _Bundle) -> None:
        bodies = [parcel.write() for parcel in bundle.parcels]
        if bundle.way is Way.EVENT:
            await self._door.events(b"[" + b",".join(bodies) + b"]")
            return
        route = self._routes[bundle.way]
        for body in bodies:
            await self._door.post(Posting(route.path(body), body, route.kind, route.bearer))
