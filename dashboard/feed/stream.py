"""The endpoint that displays listen to."""

import secrets
from collections.abc import AsyncIterator, Callable

import msgspec
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.frames import BEAT, HELLO, frame
from dashboard.feed.mailbox import Mailbox, MailboxClosed

HEARTBEAT = 5.0
"""Seconds of silence after which a stream says that it is still there; a display gives up after 15."""

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_BEAT = frame(BEAT, b"{}")


def feed_router(broadcast: Broadcast, hello: Callable[[], object], *, heartbeat: float = HEARTBEAT) -> APIRouter:
    """`GET /feed/wall`: server-sent events, first what `hello` says on opening, then every board."""
    router = APIRouter(include_in_schema=False)

    @router.get("/feed/wall")
    async def wall_feed() -> StreamingResponse:
        return StreamingResponse(
            _events(broadcast, hello(), heartbeat), media_type="text/event-stream", headers=_HEADERS
        )

    return router


async def _events(broadcast: Broadcast, hello: object, heartbeat: float) -> AsyncIterator[bytes]:
    # Each display gets its own waiting time, so that they do not all come back in the same moment.
    yield frame(HELLO, msgspec.json.encode(hello), retry=1000 + secrets.randbelow(2000))
    with broadcast.mailbox() as mailbox:
        async for each in _frames(mailbox, heartbeat):
            yield each


async def _frames(mailbox: Mailbox, heartbeat: float) -> AsyncIterator[bytes]:
    while True:
        try:
            newest = await mailbox.take(seconds=heartbeat)
        except MailboxClosed:
            return
        yield _BEAT if newest is None else newest
