"""The endpoints that displays listen to, and ask when listening failed."""

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.frames import BEAT, HELLO, frame
from dashboard.feed.mailbox import Mailbox, MailboxClosed
from dashboard.feed.scenes import SceneBoards
from dashboard.feed.threads import in_wall_thread

HEARTBEAT = 5.0
"""Seconds of silence after which a stream says that it is still there; a display gives up after 15."""

Scenes: TypeAlias = Annotated[str | None, Query(max_length=200)]
_FRESH = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_BEAT = frame(BEAT, b"{}")


def feed_router(
    boards: SceneBoards, broadcast: Broadcast, build: Callable[[], str], *, heartbeat: float = HEARTBEAT
) -> APIRouter:
    """The feed of the scenes that `?scenes=` names, separated by commas; of the first scene where it names none.

    `GET /feed/wall`: server-sent events, first `hello` (build, and the ages in seconds of the frames that follow), then
    every frame of these scenes. `GET /feed/wall/now`: `{"build", "frames": [{…, "age"}]}`, or 503 while there is none.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/feed/wall")
    async def wall_feed(scenes: Scenes = None) -> StreamingResponse:
        wanted = boards.named(scenes)
        hello = {"build": await in_wall_thread(build), "ages": boards.ages(wanted)}
        return StreamingResponse(
            _events(broadcast, boards, wanted, hello, heartbeat), media_type="text/event-stream", headers=_FRESH
        )

    @router.get("/feed/wall/now")
    async def wall_now(scenes: Scenes = None) -> Response:
        frames = boards.newest(boards.named(scenes))
        told = {"build": await in_wall_thread(build), "frames": frames}
        status = 200 if frames else 503
        return Response(msgspec.json.encode(told), status, media_type="application/json", headers=_FRESH)

    return router


async def _events(
    broadcast: Broadcast, boards: SceneBoards, scenes: Sequence[str], hello: dict[str, Any], heartbeat: float
) -> AsyncIterator[bytes]:
    # Each display gets its own waiting time, so that they do not all come back in the same moment.
    yield frame(HELLO, msgspec.json.encode(hello), retry=1000 + secrets.randbelow(2000))
    with broadcast.mailbox(scenes) as mailbox:
        boards.stir(scenes)
        async for each in _frames(mailbox, heartbeat):
            yield each


async def _frames(mailbox: Mailbox, heartbeat: float) -> AsyncIterator[bytes]:
    while True:
        try:
            newest = await mailbox.take(seconds=heartbeat)
        except MailboxClosed:
            return
        yield _BEAT if newest is None else newest
