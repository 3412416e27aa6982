"""The time machine takes one thread, however many look back at once, and works for nobody who has left."""

import asyncio
import threading
from collections.abc import MutableMapping
from typing import Any, cast

from fastapi import FastAPI

from dashboard.wall.frames import Frames
from dashboard.wall.past import past_router
from dashboard.wall.scene import Scene, When

MOMENT = b"at=2026-03-03T10:00"


class Slow:
    """What reads frames: as long as it is told to, and it counts how many do at once."""

    edition = "x"

    def __init__(self) -> None:
        self.done = threading.Event()
        self.turn = threading.Lock()
        self.now = self.most = self.read = 0

    def area(self, _: object = None) -> "Slow":
        return self

    def read_past(self, scene: Scene, when: When) -> bytes:
        del scene, when
        with self.turn:
            self.now, self.read = self.now + 1, self.read + 1
            self.most = max(self.most, self.now)
        self.done.wait(20)
        with self.turn:
            self.now -= 1
        return b"{}"


def server_of(slow: Slow) -> FastAPI:
    server = FastAPI()
    server.include_router(past_router(cast("Frames", slow), lambda _: ("overview",)))
    return server


async def ask(server: FastAPI, has_left: asyncio.Event) -> int:
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        await has_left.wait()
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": "/wall/past", "query_string": MOMENT, "headers": []}
    await server(scope, receive, send)
    status: int = said[0]["status"]
    return status


def test_many_who_look_back_take_one_thread_and_those_who_left_none() -> None:
    slow = Slow()

    async def scene() -> list[int]:
        server, here, left = server_of(slow), asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(ask(server, here))
        while not slow.now:
            await asyncio.sleep(0.002)
        others = [asyncio.create_task(ask(server, each)) for each in (here, left, left, left, here)]
        for _ in range(50):  # far more turns of the loop than a question needs to reach its thread
            await asyncio.sleep(0.002)
        assert slow.now == 1
        left.set()
        slow.done.set()
        return [await each for each in (first, *others)]

    assert asyncio.run(scene()) == [200, 200, 503, 503, 503, 200]
    assert (slow.most, slow.read) == (1, 3)
