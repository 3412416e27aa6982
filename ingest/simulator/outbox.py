"""What is to be sent, on its way: bundled by agency into sync bodies, some connections side by side.

One agency always takes the same connection, so that the records of an application stay in order.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from ingest.simulator.door import Door
from ingest.simulator.shops import Shop
from ingest.simulator.traffic import Message

_encode = msgspec.json.Encoder().encode


class _Bundle(NamedTuple):
    body: bytes
    first_at: datetime
    records: int


class Outbox:
    """Takes messages in their order and delivers them while its senders run."""

    def __init__(self, door: Door, shops: Sequence[Shop], *, bundle: int = 150, connections: int = 4) -> None:
        self._door = door
        self._bundle = bundle
        self._open: defaultdict[str, list[Message]] = defaultdict(list)
        self._queues = [asyncio.Queue[_Bundle](maxsize=2) for _ in range(connections)]
        by_size = sorted(shops, key=lambda shop: -shop.weight)
        self._queue_of = {shop.agency: self._queues[place % connections] for place, shop in enumerate(by_size)}
        self._under_way: list[_Bundle] = []
        self._reached: datetime | None = None
        self.delivered = 0

    def start(self, tasks: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        """Start the senders; what stops one of them for good stops the group."""
        return [tasks.create_task(self._send(queue)) for queue in self._queues]

    @property
    def waiting(self) -> int:
        """How many records were taken and are not known to be delivered."""
        return sum(map(len, self._open.values())) + sum(bundle.records for bundle in self._under_way)

    @property
    def delivered_until(self) -> datetime | None:
        """Every message up to this moment is delivered; None before there was any."""
        first = [messages[0].at for messages in self._open.values()] + [each.first_at for each in self._under_way]
        return min(first) - timedelta(microseconds=1) if first else self._reached

    async def put(self, message: Message) -> None:
        """Take a message; waits while too much is on its way."""
        self._reached = message.at
        agency = message.life.filing.shop.agency
        self._open[agency].append(message)
        if len(self._open[agency]) >= self._bundle:
            await self._dispatch(agency)

    def passed(self, moment: datetime) -> None:
        """Note that all messages up to a moment were put."""
        self._reached = moment

    async def flush(self) -> None:
        """Return when all that was put is delivered."""
        for agency in list(self._open):
            await self._dispatch(agency)
        for queue in self._queues:
            await queue.join()

    async def _dispatch(self, agency: str) -> None:
        bundle = _sealed(agency, self._open.pop(agency))
        self._under_way.append(bundle)
        await self._queue_of[agency].put(bundle)

    async def _send(self, queue: asyncio.Queue[_Bundle]) -> None:
        while True:
            bundle = await queue.get()
            await self._door.sync(bundle.body)
            self._under_way.remove(bundle)
            self.delivered += bundle.records
            queue.task_done()


def _sealed(agency: str, messages: Sequence[Message]) -> _Bundle:
    body = {
        "service": "DongBoHoSoMC",
        "isUpdating": "True" if any(message.step for message in messages) else "False",
        "MaDinhDanhDV": agency,
        "data": [message.record() for message in messages],
    }
    return _Bundle(_encode(body), messages[0].at, len(messages))
