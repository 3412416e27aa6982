"""What is to be sent, on its way: records bundled by agency into sync bodies, other events into batches.

Some connections work side by side. One agency always takes the same one, so that the records of an application stay
in order; so do all batches of events.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from ingest.simulator.door import Door
from ingest.simulator.notice import Notice
from ingest.simulator.shops import Shop
from ingest.simulator.traffic import Message

_encode = msgspec.json.Encoder().encode


_NOTICES: Final = 20
"""Events in a batch: about a day's, so that a stop in the middle of half a year sends little of it again."""


class _Bundle(NamedTuple):
    deliver: Callable[[bytes], Awaitable[None]]
    body: bytes
    first_at: datetime
    size: int


class Outbox:
    """Takes messages and notices in their order and delivers them, as `source`, while its senders run."""

    def __init__(
        self, door: Door, shops: Sequence[Shop], source: str, *, bundle: int = 150, connections: int = 4
    ) -> None:
        self._door = door
        self._source = source
        self._bundle = bundle
        self._open: defaultdict[str, list[Message]] = defaultdict(list)
        self._notices: list[Notice] = []
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
        """How many records and events were taken and are not known to be delivered."""
        held = sum(map(len, self._open.values())) + len(self._notices)
        return held + sum(bundle.size for bundle in self._under_way)

    @property
    def delivered_until(self) -> datetime | None:
        """Every message up to this moment is delivered; None before there was any."""
        first = [messages[0].at for messages in self._open.values()] + [each.first_at for each in self._under_way]
        first += [notice.at for notice in self._notices[:1]]
        return min(first) - timedelta(microseconds=1) if first else self._reached

    async def put(self, sent: Message | Notice) -> None:
        """Take a message or a notice; waits while too much is on its way."""
        self._reached = sent.at
        if isinstance(sent, Notice):
            self._notices.append(sent)
            if len(self._notices) >= _NOTICES:
                await self._dispatch_notices()
            return
        agency = sent.life.filing.shop.agency
        self._open[agency].append(sent)
        if len(self._open[agency]) >= self._bundle:
            await self._dispatch(agency)

    def passed(self, moment: datetime) -> None:
        """Note that all messages up to a moment were put."""
        self._reached = moment

    async def flush(self) -> None:
        """Return when all that was put is delivered."""
        for agency in list(self._open):
            await self._dispatch(agency)
        if self._notices:
            await self._dispatch_notices()
        for queue in self._queues:
            await queue.join()

    async def _dispatch(self, agency: str) -> None:
        messages = self._open.pop(agency)
        bundle = _Bundle(self._door.sync, _sync_body(agency, messages), messages[0].at, len(messages))
        self._under_way.append(bundle)
        await self._queue_of[agency].put(bundle)

    async def _dispatch_notices(self) -> None:
        notices, self._notices = self._notices, []
        body = b"[" + b",".join(notice.event(self._source) for notice in notices) + b"]"
        bundle = _Bundle(self._door.events, body, notices[0].at, len(notices))
        self._under_way.append(bundle)
        await self._queues[-1].put(bundle)

    async def _send(self, queue: asyncio.Queue[_Bundle]) -> None:
        while True:
            bundle = await queue.get()
            await bundle.deliver(bundle.body)
            self._under_way.remove(bundle)
            self.delivered += bundle.size
            queue.task_done()


def _sync_body(agency: str, messages: Sequence[Message]) -> bytes:
    body = {
        "service": "DongBoHoSoMC",
        "isUpdating": "True" if any(message.step for message in messages) else "False",
        "MaDinhDanhDV": agency,
        "data": [message.record() for message in messages],
    }
    return _encode(body)
