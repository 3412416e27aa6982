"""A source that sends by the clock: each request is due at a fixed moment, however long the ones before take.

A sender that waited for answers would send less while the door is slow, and never measure how slow it was.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from ioc.errors import IocError

_CONNECTIONS = 16
_PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Errand:
    """What to send: bodies, the first at the moment `first_at`, then one every `every` seconds."""

    url: str
    token: str
    bodies: Sequence[bytes]
    first_at: float
    every: float


@dataclass(frozen=True, slots=True)
class Sent:
    """When a request was due and when its acceptance (202) had come, in ms since 1970."""

    due: float
    accepted: float


def send(errand: Errand) -> list[Sent]:
    """Run the errand, to be called in a process of its own; raises `IocError` where a request was not accepted."""
    return asyncio.run(_send_all(errand))


async def _send_all(errand: Errand) -> list[Sent]:
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    headers = {"Authorization": f"Bearer {errand.token}", "Content-Type": "application/cloudevents-batch+json"}
    async with httpx.AsyncClient(limits=limits, headers=headers, timeout=_PATIENCE, trust_env=False) as client:
        waiting = [
            _send_one(client, errand.url, body, errand.first_at + number * errand.every)
            for number, body in enumerate(errand.bodies)
        ]
        return await asyncio.gather(*waiting)


async def _send_one(client: httpx.AsyncClient, url: str, body: bytes, due: float) -> Sent:
    await asyncio.sleep(due - time.time())
    answer = await client.post(url, content=body)
    accepted = time.time()
    if answer.status_code != httpx.codes.ACCEPTED:
        raise IocError(f"the door answered {answer.status_code}: {answer.text[:300]}")
    return Sent(1000 * due, 1000 * accepted)
